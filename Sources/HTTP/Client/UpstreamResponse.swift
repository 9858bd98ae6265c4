import Bytes

/// An upstream server's complete answer, whatever its status.
public struct UpstreamResponse: Sendable {
    /// The status code.
    public let status: UInt16
    /// The body, transfer coding undone, content coding as sent.
    public let body: [UInt8]
    /// The body of a request that ``UpstreamRequest/isSecret``, in place of ``body``: memory that is cleared on release.
    public let secret: LockedBytes?
    private let fields: ResponseFields

    init(status: UInt16, body: [UInt8], secret: LockedBytes? = nil, fields: ResponseFields) {
        (self.status, self.body, self.secret, self.fields) = (status, body, secret, fields)
    }

    /// The value of a header field, without blanks around it, or nil when the answer had none. The first one counts.
    public func field(_ name: ResponseFields.Name) -> [UInt8]? {
        fields.withValue(of: name) { $0.map { Array($0) } }
    }

    /// Calls `body` with the value of a header field or nil; the view is valid during the call only.
    public func withField<Result>(_ name: ResponseFields.Name, _ body: (ByteView?) -> Result) -> Result {
        fields.withValue(of: name, body)
    }
}
