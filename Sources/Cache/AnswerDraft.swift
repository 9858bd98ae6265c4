import Bytes

/// A finished answer on its way into the cache.
public struct AnswerDraft: Sendable {
    /// The status to answer with.
    public var status: UInt16
    /// The media type of the body.
    public var contentType: StaticString
    /// The finished body.
    public var body: [UInt8]
    /// Whatever the gateway wants to keep with the answer, such as the cloud's request id.
    public var payload: (any AnyObject & Sendable)?
    /// When the answer came, in nanoseconds since 1970 by the wall clock.
    public var receivedAt: UInt64

    public init(
        status: UInt16 = 200, contentType: StaticString, body: [UInt8], payload: (any AnyObject & Sendable)? = nil,
        receivedAt: UInt64 = SystemClock.wall
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.payload = payload
        self.receivedAt = receivedAt
    }
}
