import Bytes
import Testing

@testable import Gateway

@Suite struct LineCursorTests {
    static func written(_ body: (inout LineCursor) -> Void) -> [UInt8] {
        var output: [UInt8] = []
        output.appendFilling(4096) { start in
            var cursor = LineCursor(start)
            body(&cursor)
            return cursor.position - start
        }
        return output
    }

    /// The quick way and the plain one agree for every byte at every place of a word.
    @Test(arguments: 1...19)
    func escapes(_ length: Int) {
        var differing: [(byte: UInt8, place: Int)] = []
        for byte in UInt8.min...UInt8.max {
            for place in 0..<length {
                var text = [UInt8](repeating: UInt8(ascii: "~"), count: length)
                text[place] = byte
                var plain: [UInt8] = []
                text.withView { plain.append(logContent: $0) }
                let quick = text.withView { view in Self.written { $0.write(escaped: view) } }
                if quick != plain { differing.append((byte, place)) }
            }
        }
        #expect(differing.isEmpty)
    }

    @Test(arguments: [0, 9, 10, 99, 100, 12_345, 1_000_000_000, .max] as [UInt64])
    func numbers(_ number: UInt64) {
        #expect(Self.written { $0.write(decimal: number) } == Array("\(number)".utf8))
    }

    /// A line never takes more than what was counted for it, even when every byte of every text is escaped.
    @Test func theLongestLineFits() throws {
        let text = String(repeating: "\u{1B}", count: 1000)
        let line = try AccessRecordTests.line(id: Array(text.utf8), method: text, target: Array(text.utf8)) { record in
            record.status = .max
            record.end = text
            record.principal = text
            record.action = text
            record.decision = text
            record.cache = text
            record.account = text
            record.code = text
            record.upstreamTime = .max
            record.totalTime = .max
            record.bytes = .max
            record.cloudRequestID = text
        }
        #expect(line.utf8.count > 11 * 6000)
        #expect(line.hasSuffix("\"}\n"))
    }
}
