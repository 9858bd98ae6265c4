import Bytes
import Testing

@Suite struct WireParametersTests {
    private func pairs(_ parameters: WireParameters) -> [String] {
        (0..<parameters.count).map { "\(parameters[$0].name)=\(parameters[$0].value)" }
    }

    @Test func keepsOrderUntilSorted() {
        var parameters = WireParameters()
        parameters.append("Zone", "z")
        parameters.append("Tag.10.Key", "ten")
        parameters.append("Tag.1.Key", "one")
        parameters.append("Tag.1", "")
        parameters.append("a", "small letters come last")
        #expect(pairs(parameters).first == "Zone=z")
        parameters.sort()
        #expect(
            pairs(parameters) == ["Tag.1=", "Tag.1.Key=one", "Tag.10.Key=ten", "Zone=z", "a=small letters come last"])
        #expect(parameters.text(of: "Tag.1.Key") == "one")
        #expect(parameters.text(of: "Tag") == nil)
    }

    @Test(arguments: [0, 1, 2, 31, 32, 33, 500])
    func sortsLikeTheLibraryAndKeepsEqualNamesInOrder(_ count: Int) {
        var random = SplitMix(state: UInt64(count))
        var parameters = WireParameters()
        var expected: [(name: [UInt8], value: String)] = []
        for index in 0..<count {
            let name = (0..<Int.random(in: 0...3, using: &random)).map { _ in UInt8.random(in: 97...99, using: &random)
            }
            expected.append((name, "\(index)"))
            parameters.append(String(decoding: name, as: UTF8.self), "\(index)")
        }
        parameters.sort()
        expected.sort { $0.name.lexicographicallyPrecedes($1.name) }
        #expect(pairs(parameters) == expected.map { "\(String(decoding: $0.name, as: UTF8.self))=\($0.value)" })
    }

    @Test func aFailedAppendLeavesNothing() {
        struct Refused: Error {}
        var parameters = WireParameters()
        parameters.append("A", "1")
        do {
            try parameters.append(
                name: { (output: inout [UInt8]) throws(Refused) in output.append("B") },
                value: { (output: inout [UInt8]) throws(Refused) in throw Refused() })
            Issue.record("the append did not fail")
        } catch {}
        #expect(pairs(parameters) == ["A=1"])
        #expect(parameters.byteCount == 2)
        parameters.removeAll()
        #expect(parameters.isEmpty && parameters.byteCount == 0)
    }
}
