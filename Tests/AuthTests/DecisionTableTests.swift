import Testing

@testable import Auth

/// Every rule of the policy semantics as cases: what RAM documents, and where it is silent what this engine has chosen.
///
/// M: matching of actions and resources, C: conditions, K: their keys, D: decisions, G: grammar, V: validity, LIB: the
/// vendor's published samples. `docs/policies.md` states the rules.
struct DecisionTableTests {
    static let cases = MatchingCases.all + ConditionCases.all + RuleCases.all

    @Test("there are enough cases, and each names its rule")
    func size() {
        #expect(Self.cases.count >= 300, "\(Self.cases.count) cases")
        #expect(Self.cases.allSatisfy { !$0.rule.isEmpty })
    }

    @Test("the decision of a prepared action", arguments: cases)
    func prepared(_ line: DecisionCase) throws {
        let set = try PolicySet(model: line.policies.map { $0.map(ModelStatement.init) })
        #expect(set.decide(line.request).outcome == line.expected)
    }

    @Test("the decision of an action given as bytes, and of the explanation")
    func unprepared() throws {
        for line in Self.cases {
            let set = try PolicySet(model: line.policies.map { $0.map(ModelStatement.init) })
            let context = line.request.contextMap
            let decision = Array(line.action.utf8).withView { action in
                PolicySet.withViews(of: line.resources) {
                    set.decide(action: action, resources: $0, context: context)
                }
            }
            #expect(decision.outcome == line.expected, "\(line.testDescription)")
            let explanation = set.explain(action: line.action, resources: line.resources, context: context)
            #expect(explanation.decision == decision, "\(line.testDescription)")
        }
    }
}
