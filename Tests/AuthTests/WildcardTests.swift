import Bytes
import Testing

@testable import Auth

struct WildcardTests {
    @Test("the matcher agrees with a plain recursive one on random patterns and texts")
    func agreesWithPlain() {
        var random = SeededGenerator(seed: 1)
        let many = ["a", "b", "*", "?", "é", "€", "😀", "a"]
        let few = ["a", "*", "?", "€"]
        var matches = 0
        for round in 0..<6000 {
            let letters = round % 2 == 0 ? many : few
            let pattern = (0..<Int.random(in: 0...7, using: &random)).map { _ in random.pick(letters) }.joined()
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(letters) }.joined()
            let expected = ReferenceEngine.wildcard(pattern, text)
            if expected { matches += 1 }
            #expect(matchesCompiled(pattern, text) == expected, "\(pattern) on \(text)")
            #expect(matchesPlain(pattern, text) == expected, "\(pattern) on \(text)")
        }
        #expect(matches > 200)
    }

    @Test("many stars take no exponential time")
    func adversarial() {
        let pattern = String(repeating: "*a", count: 200) + "*b"
        let text = String(repeating: "a", count: 4000)
        #expect(!matchesCompiled(pattern, text))
        #expect(matchesCompiled(pattern, text + "b"))
    }

    @Test("bytes that are no UTF-8 are characters of their own")
    func invalidUTF8() {
        let text: [UInt8] = [0x61, 0xFF, 0xC3]
        #expect(text.withView { text in Array("a??".utf8).withView { Wildcard.matches($0, text) } })
        #expect(!text.withView { text in Array("a?".utf8).withView { Wildcard.matches($0, text) } })
    }

    private func matchesPlain(_ pattern: String, _ text: String) -> Bool {
        Array(pattern.utf8).withView { pattern in Array(text.utf8).withView { Wildcard.matches(pattern, $0) } }
    }

    private func matchesCompiled(_ pattern: String, _ text: String) -> Bool {
        var arena = Array("before".utf8)
        let wildcard = Array(pattern.utf8).withView { Wildcard($0, arena: &arena) }
        arena.append(text: "behind")
        return arena.withView { arena in Array(text.utf8).withView { wildcard.matches($0, arena: arena) } }
    }
}
