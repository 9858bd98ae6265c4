import Bytes

/// A request as a server received it, for ``ReceivedCall`` to read. All views are borrowed.
public struct ReceivedRequest {
    public struct Header {
        public var name: ByteView
        public var value: ByteView

        public init(name: ByteView, value: ByteView) {
            self.name = name
            self.value = value
        }
    }

    /// `GET`, `POST` …
    public var method: ByteView
    /// Path and query, undecoded.
    public var target: ByteView
    /// All headers as received, repeated ones too.
    public var headers: [Header]
    public var body: ByteView

    public init(method: ByteView, target: ByteView, headers: [Header], body: ByteView) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The value of the first header called `name`, given in lower case, without blanks at its ends.
    func header(_ name: StaticString) -> ByteView? {
        headers.first { $0.name.equalsIgnoringCase(name) }?.value.trimmed
    }

    /// The target up to its query.
    var path: ByteView {
        target.slice(0..<(target.firstOffset(of: UInt8(ascii: "?")) ?? target.count))
    }

    /// The target's query without its question mark.
    var query: ByteView {
        guard let mark = target.firstOffset(of: UInt8(ascii: "?")) else { return .empty }
        return target.slice(mark + 1..<target.count)
    }

    /// Whether the body is a form, by its Content-Type.
    var isForm: Bool {
        guard let type = header("content-type") else { return false }
        let mediaType = type.slice(0..<(type.firstOffset(of: UInt8(ascii: ";")) ?? type.count)).trimmed
        return mediaType.equalsIgnoringCase(SignedRequest.formType)
    }
}
