import Bytes

/// One call of an upstream server.
public struct UpstreamRequest: Sendable {
    /// The methods that the client sends.
    public enum Method: Sendable { case get, post, put }

    /// GET sends no body; POST and PUT send `body`, as a form unless `headers` names another Content-Type.
    public var method: Method
    /// The absolute URL, scheme `http` or `https`, everything encoded that must be.
    public var url: [UInt8]
    /// Header lines beyond those that every call has (Host, User-Agent, Accept, Content-Length, Content-Type of a form).
    public var headers = HeaderLines()
    /// The body of a POST or PUT.
    public var body: [UInt8] = []
    /// A body in memory that is cleared on release; it is sent in place of `body`.
    public var secretBody: LockedBytes?
    /// Whether the answer holds a secret: its body then comes as ``UpstreamResponse/secret``, and what the client kept of
    /// request and answer is cleared.
    public var isSecret = false
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
