/// One call of an upstream server.
public struct UpstreamRequest: Sendable {
    /// The methods that the client sends.
    public enum Method: Sendable { case get, post }

    /// GET sends no body; POST sends `body`, as a form unless `headers` names another Content-Type.
    public var method: Method
    /// The absolute URL, scheme `http` or `https`, everything encoded that must be.
    public var url: [UInt8]
    /// Header lines beyond those that every call has (Host, User-Agent, Accept, Content-Length, Content-Type of a form).
    public var headers = HeaderLines()
    /// The body of a POST.
    public var body: [UInt8] = []
    /// How long each stage may take.
    public var timeouts = UpstreamTimeouts()
    /// The longest body accepted, in bytes.
    public var maxResponseBytes = 16 << 20
    /// Whether the call changes nothing upstream. A read is sent again, on another connection, when a pooled connection
    /// turns out to be dead before any byte of an answer came; a write never is, once its first byte was handed over.
    public var isRead: Bool

    public init(_ method: Method, url: [UInt8], isRead: Bool) {
        (self.method, self.url, self.isRead) = (method, url, isRead)
    }
}
