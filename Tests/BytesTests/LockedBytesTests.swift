import Bytes
import Testing

@Suite struct LockedBytesTests {
    private func text(_ bytes: LockedBytes) -> String { bytes.withView(\.text) }

    @Test func takesWhatThereIsRoomFor() {
        let bytes = LockedBytes(capacity: 6)
        let (four, three) = (Array("four".utf8), Array("abc".utf8))
        #expect(bytes.isEmpty && four.withView { bytes.append($0) } && !three.withView { bytes.append($0) })
        #expect(text(bytes) == "four")
        #expect(bytes.append(UInt8(ascii: "s")) && bytes.append(UInt8(ascii: "!")) && !bytes.append(0))
        #expect(text(bytes) == "fours!")
        bytes.removeLast(1)
        bytes.removeLast(-1)
        #expect(text(bytes) == "fours")
        bytes.removeLast(100)
        #expect(bytes.isEmpty)
    }

    @Test func isFilledInPlace() {
        let bytes = LockedBytes(capacity: 8)
        #expect(
            bytes.fill { room in
                room.copyBytes(from: "abc".utf8)
                return 3
            } == 3)
        for claim in [-1, 0] { #expect(bytes.fill { _ in claim } == 0) }
        #expect(bytes.fill { $0.count + 100 } == 5 && bytes.count == 8)
        #expect(bytes.fill { _ in 1 } == 0)
    }

    @Test func leavesNothingBehind() {
        let bytes = LockedBytes(copying: ("secret" as StaticString).view)
        bytes.withView { view in
            bytes.removeLast(2)
            #expect(view[4] == 0 && view[5] == 0 && view[3] == UInt8(ascii: "r"))
            bytes.removeAll()
            #expect(view.allSatisfy { $0 == 0 })
        }
        #expect("\(bytes)" == "•••" && String(reflecting: bytes) == "•••")
    }

    /// Escapes undone in place come out as those undone into an array.
    @Test(arguments: [
        #""plain""#, #""""#, #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e4\u20ac\ud83d\ude00""#, #""a\u0000b""#, #""ä€😀\u00e4""#,
    ])
    func undoesEscapesInPlace(_ json: String) throws {
        try Array(json.utf8).withView { bytes in
            var scanner = JSONScanner(bytes)
            guard case .string(let text) = try scanner.next() else { return }
            var expected: [UInt8] = []
            JSONText.append(text, of: bytes, to: &expected)
            let output = LockedBytes(capacity: text.range.count)
            output.fill { room in
                room.baseAddress.map { JSONText.write(text, of: bytes, to: $0.assumingMemoryBound(to: UInt8.self)) } ?? 0
            }
            #expect(output.withView { Array($0) } == expected)
        }
    }
}
