/// A decision with what every statement had to do with it.
public struct Explanation: Sendable {
    /// What one statement says about one resource of the request.
    public struct Finding: Hashable, Sendable {
        /// Why the statement applies or, in the order of the checks, the first reason why it does not.
        public enum Outcome: Hashable, Sendable {
            case applies
            /// A Deny that applies because a condition could not be decided; the text says which.
            case appliesUndecided(String)
            case actionNotCovered
            case resourceNotCovered
            /// The text names the condition, what it asks for and what the request has.
            case conditionNotMet(String)
            /// An Allow that does not apply because a condition could not be decided.
            case conditionUndecided(String)
        }

        public let policy: String
        public let statement: Decision.Statement
        public let sid: String?
        public let effect: Effect
        /// Index of the resource in the request.
        public let resource: Int
        public let outcome: Outcome

        public var applies: Bool {
            switch outcome {
            case .applies, .appliesUndecided: true
            default: false
            }
        }
    }

    public let decision: Decision
    /// The decision and its ground in one sentence.
    public let reason: String
    /// For each resource every statement, in the order of the policies. Empty when a policy is invalid.
    public let findings: [Finding]
}

extension Explanation.Finding: CustomStringConvertible {
    /// One line, `Deny, statement 2 (`NoDelete`) of policy `ops`: applies`.
    public var description: String {
        "\(effect.rawValue), \(PolicySet.label(statement, sid: sid, policy: policy)): \(ground)"
    }

    /// Why the statement applies or does not, in a few words.
    public var ground: String {
        switch outcome {
        case .applies: "applies"
        case .appliesUndecided(let condition): "applies, because \(condition)"
        case .actionNotCovered: "does not cover the action"
        case .resourceNotCovered: "covers the action, not the resource"
        case .conditionNotMet(let condition), .conditionUndecided(let condition):
            "covers action and resource, but \(condition)"
        }
    }
}
