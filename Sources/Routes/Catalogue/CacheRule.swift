/// How long and under which tags an answer may be kept.
public struct CacheRule: Hashable, Sendable {
    public enum Class: String, Hashable, Sendable, CaseIterable {
        /// Regions, zones, types: what changes over months.
        case `static`
        case list
        case detail
        case volatile
        /// Never kept.
        case none
    }

    public let `class`: Class
    /// Resource types whose change makes the answer stale.
    public let tags: [String]

    /// Nothing is kept.
    public static let never = CacheRule(class: .none, tags: [])
}
