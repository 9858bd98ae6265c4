/// A strict pull tokenizer over JSON text (RFC 8259): UTF-8 checked, depth limited, no allocation.
///
/// Ranges are byte offsets into the scanned text. Duplicate members are the reader's business: the scanner keeps none.
public struct JSONScanner {
    /// The text of a string or member name without its quotes; `isEscaped` when it holds a backslash.
    public struct Text: Hashable, Sendable {
        public var range: Range<Int>
        public var isEscaped: Bool

        @inlinable
        public init(range: Range<Int>, isEscaped: Bool) {
            self.range = range
            self.isEscaped = isEscaped
        }
    }

    public enum Token: Hashable, Sendable {
        case beginObject, endObject, beginArray, endArray
        case name(Text)
        case string(Text)
        case number(Range<Int>)
        case bool(Bool)
        case null
        /// The document is complete and nothing but white space follows.
        case end
    }

    @usableFromInline
    enum Expectation: UInt8 { case value, valueOrEnd, name, nameOrEnd, commaOrEnd, end }

    /// Levels that can be tracked at all.
    public static let deepest = 64

    public let bytes: ByteView
    /// Offset of the next byte to read.
    public private(set) var offset = 0
    /// Containers that are open.
    public private(set) var depth = 0
    /// Offset at which the last token began.
    public private(set) var tokenStart = 0

    private let maxDepth: Int
    /// One bit a level, set for objects; the lowest bit is the innermost.
    private var objectLevels: UInt64 = 0
    private var expectation = Expectation.value

    /// `bytes` must outlive the scanner. `maxDepth` is at most ``deepest``.
    public init(_ bytes: ByteView, maxDepth: Int = deepest) {
        self.bytes = bytes
        self.maxDepth = min(maxDepth, Self.deepest)
    }

    public mutating func next() throws(JSONError) -> Token {
        var byte = skipWhitespace()
        if expectation == .commaOrEnd {
            if byte == UInt8(ascii: ",") {
                offset += 1
                expectation = isInObject ? .name : .value
                byte = skipWhitespace()
            }
        }
        tokenStart = offset
        guard let byte else {
            if expectation == .end { return .end }
            throw JSONError(.unexpectedEnd, at: offset)
        }
        switch expectation {
        case .value, .valueOrEnd:
            if byte == UInt8(ascii: "]"), expectation == .valueOrEnd { return close(.endArray) }
            return try value(byte)
        case .name, .nameOrEnd:
            if byte == UInt8(ascii: "}"), expectation == .nameOrEnd { return close(.endObject) }
            return try name(byte)
        case .commaOrEnd:
            if byte == UInt8(ascii: "}"), isInObject { return close(.endObject) }
            if byte == UInt8(ascii: "]"), !isInObject { return close(.endArray) }
            throw JSONError(.unexpectedByte, at: offset)
        case .end:
            throw JSONError(.trailingBytes, at: offset)
        }
    }

    /// Reads past the value that begins next, checking it.
    public mutating func skipValue() throws(JSONError) {
        let token = try next()
        try skipRest(of: token)
    }

    /// Reads past the rest of the value that began with `token`, the last one read, checking it.
    public mutating func skipRest(of token: Token) throws(JSONError) {
        guard token == .beginObject || token == .beginArray else { return }
        let outside = depth - 1
        while depth > outside { _ = try next() }
    }

    private var isInObject: Bool { objectLevels & 1 == 1 }

    private mutating func skipWhitespace() -> UInt8? {
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte > 0x20 || (byte != 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09) { return byte }
            offset += 1
        }
        return nil
    }

    private mutating func open(_ token: Token, isObject: Bool) throws(JSONError) -> Token {
        guard depth < maxDepth else { throw JSONError(.tooDeep, at: offset) }
        offset += 1
        depth += 1
        objectLevels = objectLevels << 1 | (isObject ? 1 : 0)
        expectation = isObject ? .nameOrEnd : .valueOrEnd
        return token
    }

    private mutating func close(_ token: Token) -> Token {
        offset += 1
        depth -= 1
        objectLevels >>= 1
        expectation = depth == 0 ? .end : .commaOrEnd
        return token
    }

    private mutating func value(_ byte: UInt8) throws(JSONError) -> Token {
        switch byte {
        case UInt8(ascii: "{"): return try open(.beginObject, isObject: true)
        case UInt8(ascii: "["): return try open(.beginArray, isObject: false)
        default: break
        }
        let token: Token
        switch byte {
        case UInt8(ascii: "\""): token = .string(try text())
        case UInt8(ascii: "t"): token = try literal("true", .bool(true))
        case UInt8(ascii: "f"): token = try literal("false", .bool(false))
        case UInt8(ascii: "n"): token = try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): token = .number(try number())
        default: throw JSONError(.unexpectedByte, at: offset)
        }
        expectation = depth == 0 ? .end : .commaOrEnd
        return token
    }

    private mutating func name(_ byte: UInt8) throws(JSONError) -> Token {
        guard byte == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: offset) }
        let name = try text()
        guard let colon = skipWhitespace() else { throw JSONError(.unexpectedEnd, at: offset) }
        guard colon == UInt8(ascii: ":") else { throw JSONError(.unexpectedByte, at: offset) }
        offset += 1
        expectation = .value
        return .name(name)
    }

    private mutating func literal(_ word: StaticString, _ token: Token) throws(JSONError) -> Token {
        let rest = bytes.slice(offset..<offset + word.utf8CodeUnitCount)
        guard rest.equals(word) else {
            for index in 0..<rest.count where rest[index] != word.utf8Start[index] {
                throw JSONError(.unexpectedByte, at: offset + index)
            }
            throw JSONError(.unexpectedEnd, at: bytes.count)
        }
        offset += word.utf8CodeUnitCount
        return token
    }

    private mutating func number() throws(JSONError) -> Range<Int> {
        let start = offset
        offset = try Self.endOfNumber(bytes, at: start)
        return start..<offset
    }

    private mutating func text() throws(JSONError) -> Text {
        offset += 1
        let start = offset
        var isEscaped = false
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return Text(range: start..<offset - 1, isEscaped: isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                offset = try Self.endOfEscape(bytes, at: offset)
            case 0..<0x20:
                throw JSONError(.controlCharacter, at: offset)
            case 0x20..<0x80:
                offset += 1
            default:
                let length = bytes.utf8SequenceLength(at: offset)
                guard length > 0 else { throw JSONError(.invalidUTF8, at: offset) }
                offset += length
            }
        }
        throw JSONError(.unexpectedEnd, at: bytes.count)
    }
}

// The parts of the grammar that readers of their own need as well.
extension JSONScanner {
    /// The offset behind the number that begins at `start`, checked by RFC 8259.
    public static func endOfNumber(_ bytes: ByteView, at start: Int) throws(JSONError) -> Int {
        var offset = start
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let first = offset
        offset = try endOfDigits(bytes, at: offset, of: start)
        if offset - first > 1, bytes[first] == UInt8(ascii: "0") { throw JSONError(.invalidNumber, at: start) }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset = try endOfDigits(bytes, at: offset + 1, of: start)
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
                offset += 1
            }
            offset = try endOfDigits(bytes, at: offset, of: start)
        }
        return offset
    }

    private static func endOfDigits(_ bytes: ByteView, at first: Int, of start: Int) throws(JSONError) -> Int {
        var offset = first
        while offset < bytes.count, bytes[offset].isASCIIDigit { offset += 1 }
        guard offset > first else { throw JSONError(.invalidNumber, at: start) }
        return offset
    }

    /// The offset behind the escape whose backslash stands at `start`; both halves of a surrogate pair are one escape.
    public static func endOfEscape(_ bytes: ByteView, at start: Int) throws(JSONError) -> Int {
        guard start + 1 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            let unit = try codeUnit(bytes, at: start)
            if unit & 0xFC00 == 0xDC00 { throw JSONError(.invalidEscape, at: start) }
            guard unit & 0xFC00 == 0xD800 else { return start + 6 }
            guard try codeUnit(bytes, at: start + 6) & 0xFC00 == 0xDC00 else { throw JSONError(.invalidEscape, at: start) }
            return start + 12
        default:
            throw JSONError(.invalidEscape, at: start)
        }
    }

    /// The UTF-16 code unit of the `\uXXXX` at `start`.
    private static func codeUnit(_ bytes: ByteView, at start: Int) throws(JSONError) -> UInt32 {
        guard start + 5 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        guard let unit = JSONText.codeUnit(bytes, at: start) else { throw JSONError(.invalidEscape, at: start) }
        return unit
    }
}
