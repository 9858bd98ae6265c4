/// How much a server takes from its callers before it refuses.
public struct ServerLimits: Hashable, Sendable {
    /// Bytes of a request's head, request line and line ends included; more is answered with 431.
    public var headBytes = 8192
    /// Headers of a request, at most 128; more is answered with 431.
    public var headerCount = 64
    /// Bytes of a request target; more is answered with 414.
    public var targetBytes = 4096
    /// Bytes of a request body; more is answered with 413.
    public var bodyBytes = 1 << 20
    /// Connections of the whole server; more are closed as soon as they are accepted.
    public var connections = 16_384
    /// Connections of one IP address, or of one /64 of IPv6; more are closed as soon as they are accepted.
    public var connectionsPerAddress = 4096
    /// How long a connection may wait for its next request after a response.
    public var idleTime = Duration.seconds(75)
    /// How long a new connection may take to its first complete head, TLS handshake included, and any later head from its
    /// request line on.
    public var headTime = Duration.seconds(15)
    /// How long a body may take.
    public var bodyTime = Duration.seconds(60)
    /// How long a caller may take hardly anything of a response that waits for it. Over a Unix socket, where that cannot be
    /// seen, how long it may take the whole response.
    public var writeTime = Duration.seconds(30)

    public init() {}

    /// With values that arithmetic cannot overflow on.
    var clamped: ServerLimits {
        var limits = self
        limits.headBytes = min(max(headBytes, 1024), 1 << 20)
        limits.headerCount = min(max(headerCount, 1), 128)
        limits.bodyBytes = min(max(bodyBytes, 0), 1 << 40)
        return limits
    }
}

extension Duration {
    /// The whole nanoseconds, between none and a century: a time on the monotonic clock plus these does not overflow.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds < 3_155_760_000 else { return 3_155_760_000_000_000_000 }
        return UInt64(clamping: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
