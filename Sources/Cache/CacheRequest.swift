import Bytes

/// What a lookup asks for.
public struct CacheRequest {
    /// Names the answer: account, product, action, region, every bound parameter, and the form of the answer. A view, valid
    /// during the lookup only.
    public var key: ByteView
    /// How long the answer stays fresh, in nanoseconds; 0 when it must be neither stored nor shared.
    public var lifetime: UInt64
    /// The caller's wishes.
    public var directives: RequestCacheControl
    /// The monotonic clock.
    public var now: UInt64

    public init(
        key: ByteView, lifetime: UInt64, directives: RequestCacheControl = RequestCacheControl(), now: UInt64
    ) {
        (self.key, self.lifetime, self.directives, self.now) = (key, lifetime, directives, now)
    }

    /// Whether the answer may be stored, and shared with others who ask for the same.
    var isShared: Bool { lifetime > 0 && !directives.noStore }

    /// Whether what was asked for earlier may serve: a stored answer, or a flight.
    var acceptsEarlier: Bool { isShared && !directives.noCache && directives.maxAge != 0 }

    /// Whether what was asked for at `requestedAt` is young enough for the caller.
    func acceptsAge(of requestedAt: UInt64) -> Bool {
        guard let maxAge = directives.maxAge, now > requestedAt else { return true }
        return (now - requestedAt - 1) / 1_000_000_000 < maxAge
    }
}
