import Bytes
import Signer
import Testing

@Suite struct SealerTests {
    private let sealer = Sealer()

    private func seal(_ text: String, _ bound: String, by sealer: Sealer) -> [UInt8] {
        Array(text.utf8).withView { text in Array(bound.utf8).withView { sealer.seal(text, bound: $0) } }
    }

    private func open(_ sealed: [UInt8], _ bound: String, by sealer: Sealer) -> String? {
        sealed.withView { sealed in
            Array(bound.utf8).withView { sealer.open(sealed, bound: $0) }.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test(arguments: ["", "n2,10", String(repeating: "x", count: 5000)])
    func opensWhatItSealed(_ text: String) {
        let sealed = seal(text, "scope", by: sealer)
        #expect(open(sealed, "scope", by: sealer) == text)
        #expect(sealed != seal(text, "scope", by: sealer))
    }

    @Test func opensNothingElse() {
        let sealed = seal("n2,10", "scope", by: sealer)
        #expect(open(sealed, "other", by: sealer) == nil)
        #expect(open(sealed, "scope", by: Sealer()) == nil)
        #expect(open([], "scope", by: sealer) == nil)
        #expect(open(Array(sealed.dropLast()), "scope", by: sealer) == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(open(changed, "scope", by: sealer) == nil)
        }
    }
}
