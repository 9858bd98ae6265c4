import Bytes
import HTTP

/// What the access log tells about one request. Views are borrowed for the rendering.
///
/// A query is never part of it, since it may hold what nobody should read in a log.
public struct AccessRecord {
    /// When the answer was done, in nanoseconds since 1970.
    public var time: UInt64
    public var requestID: ByteView
    public var method: ByteView
    /// Undecoded, without the query.
    public let path: ByteView
    /// 0 when the caller got no answer.
    public var status: UInt16
    /// How the request ended, when it did not end by its answer, such as `caller-gone`.
    public var end: String?
    public var principal: String?
    /// `ecs:DescribeInstances`
    public var action: String?
    /// `Allow`, `ExplicitDeny`, …; nil when nothing was decided.
    public var decision: String?
    /// What the cache had to do with it.
    public var cache: String?
    /// The configured name of the cloud account.
    public var account: String?
    /// The code of the problem that was answered.
    public var code: String?
    /// Why the caller was not authenticated, more precisely than the caller is told.
    public var reason: String?
    /// Where the request came from, when a proxy says so.
    public var source: String?
    /// Nanoseconds spent waiting for the cloud; nil when it was not asked.
    public var upstreamTime: UInt64?
    /// Nanoseconds from the request line to the end.
    public var totalTime: UInt64
    /// Bytes of the answer's body.
    public var bytes: Int
    /// The cloud's own id of the last call.
    public var cloudRequestID: String?
    public var peer: Peer

    /// `target` is a request target or path; what follows its first `?` is dropped.
    public init(
        time: UInt64, requestID: ByteView, method: ByteView, target: ByteView, status: UInt16, totalTime: UInt64,
        bytes: Int, peer: Peer
    ) {
        self.time = time
        self.requestID = requestID
        self.method = method
        path = target.slice(0..<(target.firstOffset(of: UInt8(ascii: "?")) ?? target.count))
        self.status = status
        self.totalTime = totalTime
        self.bytes = bytes
        self.peer = peer
    }
}
