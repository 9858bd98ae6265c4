import Testing

@testable import Auth

/// D6 and D8: a session's rights are those of its own policy and those of the identity together.
struct PrincipalPoliciesTests {
    @Test(
        "both classes must allow; the class that ends the decision is named",
        arguments: [
            ("Allow *", "Allow *", Decision.Outcome.allow, Decision.PolicyClass.identity),
            ("Allow *", "Deny *", .explicitDeny, .session),
            ("Deny *", "Allow *", .explicitDeny, .identity),
            ("Allow *", "Allow vpc:*", .implicitDeny, .session),
            ("Allow vpc:*", "Allow *", .implicitDeny, .identity),
            ("Deny *", "Allow vpc:*", .implicitDeny, .session),
        ])
    func classes(_ identity: String, _ session: String, _ outcome: Decision.Outcome, _ kind: Decision.PolicyClass) throws {
        let policies = PrincipalPolicies(
            identity: try PolicySet(model: [[ModelStatement(identity)]]),
            session: try PolicySet(model: [[ModelStatement(session)]]))
        let resources = ModelRequest().resources
        let decision = PolicySet.withViews(of: resources) {
            policies.decide(PreparedAction("ecs:StopInstance"), resources: $0, context: EmptyContext())
        }
        #expect(decision.outcome == outcome)
        #expect(decision.policyClass == kind)
        let reason = policies.policies(of: decision).reason(for: decision, action: "ecs:StopInstance", resources: resources)
        #expect(reason.contains("session") == (kind == .session))
    }
}
