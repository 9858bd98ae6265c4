import Testing

@testable import Auth

struct ExplanationTests {
    private static let ops = """
        {"Version": "1", "Statement": [
          {"Effect": "Allow", "Action": "ecs:*", "Resource": "acs:ecs:*:*:instance/*",
           "Condition": {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}},
          {"Sid": "NoDelete", "Effect": "Deny", "Action": "ecs:Delete*", "Resource": "*"},
          {"Effect": "Deny", "Action": "ecs:Reboot*", "Resource": "*", "Condition": {"NumericLessThan": {"acs:Size": "5"}}}
        ]}
        """
    private let set: PolicySet

    init() throws {
        set = PolicySet([try document(Self.ops, name: "ops"), try document([ModelStatement("Allow vpc:*")], name: "net")])
    }

    private func explain(_ action: String, _ context: [String: String]) -> Explanation {
        let request = ModelRequest(action: action, context: context)
        return set.explain(action: action, resources: request.resources, context: request.contextMap)
    }

    @Test("a denial names statement, label and policy")
    func denied() {
        let explanation = explain("ecs:DeleteInstance", ["acs:SourceIp": "10.0.0.1"])
        #expect(explanation.decision.statement == Decision.Statement(policy: 0, index: 1))
        #expect(
            explanation.reason
                == "`ecs:DeleteInstance` on `acs:ecs:cn-hangzhou:123:instance/i-1` is denied by statement 2 (`NoDelete`) of policy `ops`"
        )
        #expect(explanation.findings[1].description == "Deny, statement 2 (`NoDelete`) of policy `ops`: applies")
    }

    @Test("without an allowing statement the policies, the action and the resource are named")
    func implicit() {
        let explanation = explain("ecs:StopInstance", ["acs:SourceIp": "203.0.113.9"])
        #expect(
            explanation.reason
                == "no statement of the policies `ops`, `net` allows `ecs:StopInstance` on `acs:ecs:cn-hangzhou:123:instance/i-1`"
        )
        #expect(
            explanation.findings.map(\.description) == [
                "Allow, statement 1 of policy `ops`: covers action and resource, but its condition IpAddress on `acs:SourceIp` is not met: the request has `203.0.113.9`",
                "Deny, statement 2 (`NoDelete`) of policy `ops`: does not cover the action",
                "Deny, statement 3 of policy `ops`: does not cover the action",
                "Allow, statement 1 of policy `net`: does not cover the action",
            ])
    }

    @Test("missing and undecided values are told apart")
    func missing() {
        let missing = explain("ecs:StopInstance", [:]).findings[0]
        #expect(missing.outcome == .conditionNotMet("its condition IpAddress on `acs:SourceIp` is not met: the request has none"))
        let unreadable = explain("ecs:StopInstance", ["acs:SourceIp": "host"]).findings[0]
        #expect(
            unreadable.outcome
                == .conditionUndecided("its condition IpAddress on `acs:SourceIp` cannot be decided: the request has `host`"))
        let denied = explain("ecs:RebootInstance", ["acs:SourceIp": "10.0.0.1", "acs:Size": "big"])
        #expect(denied.decision.outcome == .explicitDeny)
        #expect(denied.findings[2].description.contains("applies, because its condition NumericLessThan on `acs:Size`"))
    }

    @Test("an allowed request names the statement, a resource not covered is said so")
    func allowed() {
        let explanation = explain("ecs:StopInstance", ["acs:SourceIp": "10.0.0.1"])
        #expect(explanation.reason.hasSuffix("is allowed by statement 1 of policy `ops`"))
        let other = set.explain(action: "ecs:StopInstance", resources: [], context: EmptyContext())
        #expect(other.findings[0].outcome == .resourceNotCovered)
        #expect(other.reason.hasSuffix("allows `ecs:StopInstance` on `*`"))
    }

    @Test("nobody's policies")
    func noPolicies() {
        let explanation = PolicySet([PolicyDocument]()).explain(action: "ecs:X", resources: [], context: EmptyContext())
        #expect(explanation.reason == "no policy is attached, so nothing allows `ecs:X` on `*`")
    }
}
