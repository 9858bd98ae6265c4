import Bytes

/// Reads one answer of HTTP/1 from the bytes of a connection as they come (RFC 9112), an interim answer before it and
/// trailers behind it included.
///
/// The server is not trusted: lengths that contradict each other, unknown codings and endless headers are refused, and what
/// comes behind the answer is left alone.
struct ResponseParser {
    /// The longest header block accepted, in bytes: interim answers, trailers and the lines between chunks included.
    static let maxHeaderBytes = 256 << 10

    private enum Step {
        case statusLine, headerLine
        /// A body of known length.
        case body(left: Int)
        /// A body that ends with the connection.
        case bodyUntilEnd
        case chunkSize
        case chunk(left: Int)
        case chunkEnd
        case trailer
        case complete
    }

    private(set) var status: UInt16 = 0
    private(set) var fields = ResponseFields()
    private(set) var body: [UInt8] = []
    /// Takes the body when it is a secret: of its full size from the beginning, since growing would leave copies behind.
    private var secret: LockedBytes?
    /// Whether any byte came.
    private(set) var hasBegun = false
    private var step = Step.statusLine
    private var maxBodyBytes = 0
    private var headerBytes = 0
    private var isOldVersion = false
    /// The beginning of a line whose end has not come yet.
    private var line: [UInt8] = []

    /// Whether the whole answer is there.
    var isComplete: Bool { if case .complete = step { true } else { false } }

    /// Whether the connection can carry another request once the answer is complete.
    var keepsConnection: Bool {
        fields.connection == .close || fields.isChunked && fields.contentLength != nil
            ? false : !isOldVersion || fields.connection == .keepAlive
    }

    /// Begins a new answer, whose body may have `maxBodyBytes` and may be a secret.
    mutating func reset(maxBodyBytes: Int, isSecret: Bool = false) {
        secret = isSecret ? LockedBytes(capacity: maxBodyBytes) : nil
        self.maxBodyBytes = maxBodyBytes
        fields = ResponseFields()
        body = []
        hasBegun = false
        step = .statusLine
        headerBytes = 0
        line.removeAll(keepingCapacity: true)
    }

    /// Gives the answer's body away.
    mutating func takeBody() -> [UInt8] {
        defer { body = [] }
        return body
    }

    /// Gives the answer's body away when it is a secret.
    mutating func takeSecret() -> LockedBytes? {
        defer { secret = nil }
        return secret
    }

    private var bodyCount: Int { secret?.count ?? body.count }

    private mutating func append(_ bytes: ByteView) {
        if let secret { secret.append(bytes) } else { body.append(bytes) }
    }

    /// Takes the next bytes of the connection, up to the end of the answer. Returns how many that were.
    mutating func consume(_ bytes: ByteView) throws(UpstreamError.Kind) -> Int {
        var position = 0
        if !bytes.isEmpty { hasBegun = true }
        while position < bytes.count {
            switch step {
            case .complete: return position
            case .body(let left):
                let count = min(left, bytes.count - position)
                append(bytes.slice(position..<position + count))
                position += count
                step = left == count ? .complete : .body(left: left - count)
            case .chunk(let left):
                let count = min(left, bytes.count - position)
                append(bytes.slice(position..<position + count))
                position += count
                step = left == count ? .chunkEnd : .chunk(left: left - count)
            case .bodyUntilEnd:
                guard bytes.count - position <= maxBodyBytes - bodyCount else { throw .responseTooLarge }
                append(bytes.slice(position..<bytes.count))
                position = bytes.count
            case .statusLine, .headerLine, .chunkSize, .chunkEnd, .trailer:
                position = try takeLine(bytes, from: position)
            }
        }
        return position
    }

    /// Takes note that the connection ended. Returns normally only when that completes the answer.
    mutating func end() throws(UpstreamError.Kind) {
        switch step {
        case .complete: return
        case .bodyUntilEnd: step = .complete
        case .statusLine where !hasBegun: throw .connectionLost
        case .statusLine where headerBytes == 0 && !Self.mayBeginStatus(line): throw .malformedResponse
        default: throw .truncated
        }
    }

    /// Takes the line that begins at `start`, if its end is there. Returns where the next one begins.
    private mutating func takeLine(_ bytes: ByteView, from start: Int) throws(UpstreamError.Kind) -> Int {
        let feed = bytes.firstOffset(of: UInt8(ascii: "\n"), from: start)
        let end = feed.map { $0 + 1 } ?? bytes.count
        guard headerBytes + line.count + (end - start) <= Self.maxHeaderBytes else { throw .malformedResponse }
        let piece = bytes.slice(start..<end)
        guard feed != nil else {
            line.append(piece)
            return end
        }
        if line.isEmpty {
            headerBytes += piece.count
            try take(line: piece)
        } else {
            line.append(piece)
            headerBytes += line.count
            let whole = line
            try whole.withView { (whole) throws(UpstreamError.Kind) in try take(line: whole) }
            line.removeAll(keepingCapacity: true)
        }
        return end
    }

    /// Takes a whole line with its end.
    private mutating func take(line received: ByteView) throws(UpstreamError.Kind) {
        var count = received.count - 1
        if count > 0, received[count - 1] == 13 { count -= 1 }
        let line = received.slice(0..<count)
        switch step {
        case .statusLine: try takeStatus(line)
        case .headerLine where line.isEmpty: try endHeader()
        case .headerLine: fields.add(line: received)
        case .chunkSize: try takeChunkSize(line)
        case .chunkEnd:
            guard line.isEmpty else { throw .truncated }
            step = .chunkSize
        case .trailer: if line.isEmpty { step = .complete }
        default: break
        }
    }

    /// `HTTP/1.1 200 OK`
    private mutating func takeStatus(_ line: ByteView) throws(UpstreamError.Kind) {
        guard Self.mayBeginStatus(line), line.count >= 12, line[7].isASCIIDigit, line[8] == 0x20,
            line[9].isASCIIDigit, line[10].isASCIIDigit, line[11].isASCIIDigit, line.count == 12 || line[12] == 0x20
        else { throw .malformedResponse }
        isOldVersion = line[7] == UInt8(ascii: "0")
        status = line.slice(9..<12).reduce(0) { $0 * 10 + UInt16($1 - UInt8(ascii: "0")) }
        guard status >= 100 else { throw .malformedResponse }
        // A final answer's fields replace those of an interim one.
        fields = ResponseFields()
        step = .headerLine
    }

    private mutating func endHeader() throws(UpstreamError.Kind) {
        guard !fields.isMalformed, status != 101 else { throw .malformedResponse }
        if status < 200 {
            step = .statusLine
        } else if status == 204 || status == 304 {
            step = .complete
        } else if fields.isChunked {
            step = .chunkSize
        } else if let length = fields.contentLength {
            guard length <= maxBodyBytes else { throw .responseTooLarge }
            if secret == nil { body.reserveCapacity(length) }
            step = length == 0 ? .complete : .body(left: length)
        } else {
            fields.connection = .close
            step = .bodyUntilEnd
        }
    }

    /// Hexadecimal digits, then possibly extensions, which mean nothing to us.
    private mutating func takeChunkSize(_ line: ByteView) throws(UpstreamError.Kind) {
        let digits = line.slice(0..<(line.firstOffset(of: UInt8(ascii: ";")) ?? line.count)).trimmed
        guard (1...15).contains(digits.count) else { throw .truncated }
        var size = 0
        for byte in digits {
            guard let digit = byte.hexDigitValue else { throw .truncated }
            size = size << 4 | Int(digit)
        }
        guard size <= maxBodyBytes - bodyCount else { throw .responseTooLarge }
        step = size == 0 ? .trailer : .chunk(left: size)
    }

    /// Whether bytes are `HTTP/1.` or its beginning.
    private static func mayBeginStatus(_ line: some Collection<UInt8>) -> Bool {
        zip(line, ("HTTP/1." as StaticString).view).allSatisfy { $0 == $1 }
    }
}
