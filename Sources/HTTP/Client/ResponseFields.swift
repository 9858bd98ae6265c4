import Bytes

/// The few header fields of an answer that the client keeps, gathered line by line.
public struct ResponseFields: Sendable {
    /// A field that is kept.
    public enum Name: Int, CaseIterable, Sendable {
        case date, contentType, retryAfter
        /// `x-acs-request-id`, the cloud's own identifier of the call.
        case requestID
    }

    /// The longest value kept, in bytes; a longer one is dropped as if it had not been sent.
    static let maxValueBytes = 1024

    private var arena: [UInt8] = []
    private var ranges = InlineArray<4, Range<UInt16>>(repeating: 0..<0)

    /// What an answer says about the connection that it came on.
    enum ConnectionOption { case close, keepAlive }

    /// The value of Content-Length, or nil when there was none or none that is a number.
    private(set) var contentLength: Int?
    /// Whether the body comes in chunks.
    private(set) var isChunked = false
    var connection: ConnectionOption?
    /// Whether what decides where the body ends contradicts itself, or is of a kind that is not known.
    private(set) var isMalformed = false

    /// Takes note of one header line as received, line end included. Of repeated fields the first counts.
    mutating func add(line: ByteView) {
        guard let colon = line.firstOffset(of: UInt8(ascii: ":")) else {
            isMalformed = true
            return
        }
        let name = line.slice(0..<colon)
        // Most lines are of no interest; their length alone tells.
        switch colon {
        case 4 where name.equalsIgnoringCase("date"): keep(.date, line, after: colon)
        case 11 where name.equalsIgnoringCase("retry-after"): keep(.retryAfter, line, after: colon)
        case 12 where name.equalsIgnoringCase("content-type"): keep(.contentType, line, after: colon)
        case 10 where name.equalsIgnoringCase("connection"): add(options: Self.value(line, after: colon))
        case 14 where name.equalsIgnoringCase("content-length"): add(length: Self.value(line, after: colon))
        case 17 where name.equalsIgnoringCase("transfer-encoding"): add(coding: Self.value(line, after: colon))
        case 16 where name.equalsIgnoringCase("x-acs-request-id"): keep(.requestID, line, after: colon)
        default: break
        }
    }

    /// Calls `body` with the value of the field, or nil; the view is valid during the call only.
    func withValue<Result>(of name: Name, _ body: (ByteView?) -> Result) -> Result {
        let range = ranges[name.rawValue]
        guard !range.isEmpty else { return body(nil) }
        return arena.withView { body($0.slice(Int(range.lowerBound)..<Int(range.upperBound))) }
    }

    private mutating func add(length value: ByteView) {
        let length = Self.decimal(value)
        if length == nil || contentLength != nil && contentLength != length { isMalformed = true }
        contentLength = contentLength ?? length
    }

    private mutating func add(coding value: ByteView) {
        if isChunked || !value.equalsIgnoringCase("chunked") { isMalformed = true }
        isChunked = true
    }

    /// A comma list; `close` outweighs everything.
    private mutating func add(options value: ByteView) {
        var start = 0
        while start <= value.count {
            let end = value.firstOffset(of: UInt8(ascii: ","), from: start) ?? value.count
            let option = value.slice(start..<end).trimmed
            if option.equalsIgnoringCase("close") { connection = .close }
            if option.equalsIgnoringCase("keep-alive"), connection == nil { connection = .keepAlive }
            start = end + 1
        }
    }

    private mutating func keep(_ name: Name, _ line: ByteView, after colon: Int) {
        let value = Self.value(line, after: colon)
        guard ranges[name.rawValue].isEmpty, !value.isEmpty, value.count <= Self.maxValueBytes else { return }
        if arena.isEmpty { arena.reserveCapacity(128) }
        let start = UInt16(arena.count)
        arena.append(value)
        ranges[name.rawValue] = start..<UInt16(arena.count)
    }

    private static func value(_ line: ByteView, after colon: Int) -> ByteView {
        var end = line.count
        while end > colon, line[end - 1] == 13 || line[end - 1] == 10 { end -= 1 }
        return line.slice(colon + 1..<end).trimmed
    }

    private static func decimal(_ digits: ByteView) -> Int? {
        guard !digits.isEmpty, digits.count <= 18, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
