/// A resource that an action touches, as an ARN with variables.
public struct ResourceTemplate: Sendable {
    public enum Part: Hashable, Sendable {
        case literal(String)
        case region
        case account
        /// The value, or each value, of a parameter (position in ``ActionEntry/parameters``).
        case parameter(Int)
        /// The value of a member in each object that a parameter (position in ``ActionEntry/parameters``) holds.
        case field(parameter: Int, name: String)
    }

    /// A parameter that must have a certain value.
    public struct Condition: Hashable, Sendable {
        /// Position in ``ActionEntry/parameters``.
        public let parameter: Int
        public let value: String
    }

    /// The ARN as written: `acs:ecs:$RegionId:$AccountId:disk/$DiskIds`.
    public let text: String
    public let parts: [Part]
    /// What is named instead when a parameter of `parts` is absent.
    public let otherwise: [Part]?
    /// The resource counts only when its parameters are there.
    public let isOptional: Bool
    /// What else the resource counts for only: a kind of resource that another parameter names. When no resource of an
    /// action counts, everything does.
    public let conditions: [Condition]
    /// Whether the vendor documents this resource for the action.
    public let isDocumented: Bool
}
