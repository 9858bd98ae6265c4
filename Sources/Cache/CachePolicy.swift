/// How long answers stay fresh, by the class that the catalogue gives an action. All durations in nanoseconds.
public struct CachePolicy: Hashable, Sendable {
    /// How fast what an action reports goes out of date.
    public enum Class: String, CaseIterable, Sendable {
        /// What changes with the cloud's releases: regions, zones, instance types.
        case `static`
        /// Lists of resources.
        case list
        /// A single resource.
        case detail
        /// What changes by itself while one looks on: states, metrics, progress.
        case volatile
        /// Never stored, never shared.
        case none
    }

    public var `static`: UInt64 = 600_000_000_000
    public var list: UInt64 = 10_000_000_000
    public var detail: UInt64 = 5_000_000_000
    public var volatile: UInt64 = 2_000_000_000
    /// How long after a write the cloud may go on changing what was written.
    public var settlingWindow: UInt64 = 60_000_000_000
    /// How long an answer that was asked for within the settling window of one of its tags stays fresh at most.
    public var settlingLifetime: UInt64 = 1_000_000_000

    public init() {}

    /// How long an answer of `class` stays fresh; 0 for ``Class/none``.
    public func lifetime(of class: Class) -> UInt64 {
        switch `class` {
        case .static: `static`
        case .list: list
        case .detail: detail
        case .volatile: volatile
        case .none: 0
        }
    }
}
