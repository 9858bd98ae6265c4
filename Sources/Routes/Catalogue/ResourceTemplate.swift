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

    /// The ARN as written: `acs:ecs:$RegionId:$AccountId:disk/$DiskIds`.
    public let text: String
    public let parts: [Part]
    /// What is named instead when a parameter of `parts` is absent.
    public let otherwise: [Part]?
    /// The resource counts only when its parameters are there.
    public let isOptional: Bool
    /// The resource counts only when this holds: which kind of thing a parameter names, another one says.
    public let condition: Condition?
    /// Whether the vendor documents this resource for the action.
    public let isDocumented: Bool

    /// A value that a parameter has to have, given or by default.
    public struct Condition: Hashable, Sendable {
        /// Position in ``ActionEntry/parameters``.
        public let parameter: Int
        public let value: String
        /// Whether the cloud takes this value when the parameter is absent.
        public let isDefault: Bool
    }
}
