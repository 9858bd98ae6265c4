/// What the policies say about one request, and by which statement.
public struct Decision: Hashable, Sendable {
    /// The raw values are what batches and the audit log write.
    public enum Outcome: String, Hashable, Sendable {
        case allow = "Allow"
        case explicitDeny = "ExplicitDeny"
        case implicitDeny = "ImplicitDeny"
        /// A policy of the set is faulty, so nothing is decided; the request is refused.
        case invalidPolicy = "InvalidPolicy"
    }

    /// The class of policies that ended the decision.
    public enum PolicyClass: UInt8, Hashable, Sendable {
        case identity
        case session
    }

    /// A statement by the index of its policy in the set and its own index in the policy, both from 0.
    public struct Statement: Hashable, Sendable {
        public let policy: Int
        public let index: Int
    }

    public let outcome: Outcome
    public internal(set) var policyClass = PolicyClass.identity
    /// For an explicit deny the first denying statement; for an allow the first that allows the first resource; else nil.
    public let statement: Statement?
    /// The index of the resource that was denied or that nothing allows; 0 for an allow.
    public let resource: Int

    public var isAllowed: Bool { outcome == .allow }
}
