/// Counters of a cache since it was made, and its present size.
public struct CacheStatistics: Hashable, Sendable {
    /// Lookups answered with a stored answer.
    public var hits: UInt64 = 0
    /// Lookups that led to a call of the cloud.
    public var misses: UInt64 = 0
    /// Lookups that shared a call on its way.
    public var coalesced: UInt64 = 0
    /// Answers that went to make room.
    public var evictions: UInt64 = 0
    /// Writes that were reported.
    public var invalidations: UInt64 = 0
    /// What the stored answers cost, in bytes.
    public var bytes = 0
    /// The number of stored answers.
    public var entries = 0

    public init() {}
}
