import Testing

@testable import Auth

/// One line of the decision table: policies and a request, what must come of it, and the rule it follows from
/// (`M3`, `C4`, …, the numbers of the semantics that the engine implements; see DecisionTableTests).
struct DecisionCase: Sendable, CustomTestStringConvertible {
    var rule: String
    var expected: Decision.Outcome
    /// Each a policy of the statements in ``ModelStatement``'s notation.
    var policies: [[String]]
    var action: String
    var resources: [String]
    var context: [String: String] = [:]
    var resourceContext: [Int: [String: String]] = [:]

    var testDescription: String {
        "\(rule) \(expected.rawValue): \(policies.map { $0.joined(separator: "; ") }.joined(separator: " + ")) <- "
            + "\(action) \(resources) \(context)"
    }

    var request: ModelRequest {
        ModelRequest(action: action, resources: resources, context: context, resourceContext: resourceContext)
    }

    static let instance = "acs:ecs:cn-hangzhou:123:instance/i-1"

    /// One policy and one resource.
    init(
        _ rule: String, _ expected: Decision.Outcome, _ statements: String..., does action: String = "ecs:StopInstance",
        to resource: String = instance, context: [String: String] = [:]
    ) {
        self.init(rule, expected, [statements], does: action, to: [resource], context: context)
    }

    init(
        _ rule: String, _ expected: Decision.Outcome, _ policies: [[String]], does action: String = "ecs:StopInstance",
        to resources: [String], context: [String: String] = [:], resourceContext: [Int: [String: String]] = [:]
    ) {
        self.rule = rule
        self.expected = expected
        self.policies = policies
        self.action = action
        self.resources = resources
        self.context = context
        self.resourceContext = resourceContext
    }
}
