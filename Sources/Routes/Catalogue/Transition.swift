/// What a write does to the state of the resource that it is about.
public struct Transition: Hashable, Sendable {
    /// States in which the cloud takes the write; empty: any, or none is documented.
    public let from: [String]
    /// The state in which the resource comes to rest; nil when the write leaves it as it is, or ends the resource.
    public let to: String?
}
