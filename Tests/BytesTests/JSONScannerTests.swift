import Bytes
import Testing

@Suite struct JSONScannerTests {
    private func error(_ text: String, maxDepth: Int = 64) -> JSONError? {
        scan(Array(text.utf8), maxDepth: maxDepth)
    }

    private func scan(_ bytes: [UInt8], maxDepth: Int = 64) -> JSONError? {
        bytes.withView { view in
            var scanner = JSONScanner(view, maxDepth: maxDepth)
            do throws(JSONError) {
                while try scanner.next() != .end {}
                return nil
            } catch {
                return error
            }
        }
    }

    @Test(arguments: [
        "{}", "[]", "null", " true ", "-0", "0.5e-10", "12E+3", "\"\"", "\"\\u00e9\\ud83d\\ude00\\\\\\/\"",
        "{\"a\":{\"b\":[1,[],{}]},\"c\":null}", "\t[\r\n1 , 2 ]\n", "\"é 中 😀\"",
    ])
    func accepts(_ text: String) {
        #expect(error(text) == nil)
    }

    @Test(
        arguments: [
            ("", .unexpectedEnd, 0), ("{", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("\"ab", .unexpectedEnd, 3),
            ("tru", .unexpectedEnd, 3), ("trux", .unexpectedByte, 3), ("[1,]", .unexpectedByte, 3),
            ("{,}", .unexpectedByte, 1), ("{\"a\"}", .unexpectedByte, 4), ("{\"a\":1,}", .unexpectedByte, 7),
            ("{a:1}", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3), ("[1}", .unexpectedByte, 2),
            ("1 2", .trailingBytes, 2), ("{} x", .trailingBytes, 3), ("01", .invalidNumber, 0), ("-", .invalidNumber, 0),
            ("1.", .invalidNumber, 0), ("1e", .invalidNumber, 0), (".5", .unexpectedByte, 0), ("+1", .unexpectedByte, 0),
            ("NaN", .unexpectedByte, 0), ("'a'", .unexpectedByte, 0), ("\"\\x\"", .invalidEscape, 1),
            ("\"\\u12g4\"", .invalidEscape, 1), ("\"\\ud800\"", .unexpectedEnd, 8), ("\"\\ud800\\u0041\"", .invalidEscape, 1),
            ("\"\\udc00\"", .invalidEscape, 1), ("\"a\nb\"", .controlCharacter, 2), ("// c\n1", .unexpectedByte, 0),
        ] as [(String, JSONError.Reason, Int)])
    func refuses(_ text: String, _ reason: JSONError.Reason, _ offset: Int) {
        #expect(error(text) == JSONError(reason, at: offset))
    }

    @Test(
        arguments: [
            [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xFF],
        ] as [[UInt8]])
    func refusesInvalidUTF8(_ sequence: [UInt8]) {
        let quote = [UInt8(ascii: "\"")]
        #expect(scan(quote + sequence + quote) == JSONError(.invalidUTF8, at: 1))
    }

    @Test func limitsDepth() {
        #expect(error("[[[]]]", maxDepth: 3) == nil)
        #expect(error("[[[[]]]]", maxDepth: 3) == JSONError(.tooDeep, at: 3))
        let deep = String(repeating: "[", count: 65)
        #expect(error(deep, maxDepth: 1000) == JSONError(.tooDeep, at: 64))
    }

    @Test func skipsWholeValues() throws {
        let text = Array("{\"a\":[1,{\"b\":2}],\"c\":3}".utf8)
        try text.withView { view in
            var scanner = JSONScanner(view)
            #expect(try scanner.next() == .beginObject)
            _ = try scanner.next()
            try scanner.skipValue()
            guard case .name(let name) = try scanner.next() else { return #expect(Bool(false)) }
            #expect(view.slice(name.range).equals("c"))
            try scanner.skipValue()
            #expect(try scanner.next() == .endObject)
            #expect(try scanner.next() == .end)
        }
    }

    /// Whatever arrives, the scanner answers; it never traps and never reads past the end.
    @Test func survivesMutations() {
        var generator = SplitMix(state: 7)
        let seed = Array("{\"a\":[1,-2.5e3,\"x\\u00e9\\n\",true,null],\"b\":{\"c\":\"é\"}}".utf8)
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator) / 4)
            _ = scan(bytes)
        }
    }
}

@Suite struct JSONValueTests {
    @Test(arguments: ["{\"a\":[1,2.50,\"x\"],\"b\":{\"c\":null,\"d\":false}}", "[]", "\"é\""])
    func roundTrips(_ text: String) throws {
        let value = try Array(text.utf8).withView { view throws(JSONError) in try JSONValue(parsing: view) }
        var output: [UInt8] = []
        value.append(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == text)
    }

    @Test func refusesDuplicates() {
        #expect(throws: JSONError(.duplicateMember, at: 7)) {
            try Array("{\"a\":1,\"\\u0061\":2}".utf8).withView { view throws(JSONError) in try JSONValue(parsing: view) }
        }
    }

    @Test func undoesAndMakesEscapes() throws {
        let text = Array("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\ude00\"".utf8)
        let value = try text.withView { view throws(JSONError) in try JSONValue(parsing: view) }
        #expect(value == .string("\"\\/\u{8}\u{C}\n\r\tA😀"))
        var output: [UInt8] = []
        output.append(jsonString: "a\"\\\n\u{1}\u{7F}é")
        #expect(String(decoding: output, as: UTF8.self) == "\"a\\\"\\\\\\n\\u0001\\u007fé\"")
        output.removeAll()
        [0x61, 0xFF].withUnsafeBufferPointer { output.append(jsonString: $0) }
        #expect(String(decoding: output, as: UTF8.self) == "\"a\u{FFFD}\"")
    }
}
