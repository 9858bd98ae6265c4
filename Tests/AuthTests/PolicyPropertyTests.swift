import Testing

@testable import Auth

/// What must hold for any policies and any request.
struct PolicyPropertyTests {
    #if DEBUG
    static let rounds = 1200
    #else
    static let rounds = 100_000
    #endif

    /// Requests that the compiled engine is compared on with the plain one, each set of policies by ten of them.
    static let comparisons = 100_000

    @Test("the compiled engine agrees with the plain one, also on the deciding statement", arguments: 0..<4)
    func agreesWithReference(seed: Int) throws {
        var source = RandomPolicies(seed: UInt64(seed))
        var outcomes: [Decision.Outcome: Int] = [:]
        for round in 0..<Self.comparisons / 4 / 10 {
            let policies = source.policies()
            let set = try PolicySet(model: policies)
            for _ in 0..<10 {
                let request = source.request()
                let decision = set.decide(request)
                let expected = ReferenceEngine.decide(policies, request)
                outcomes[decision.outcome, default: 0] += 1
                let statement = decision.statement.map { [$0.policy, $0.index] }
                guard decision.outcome.rawValue == expected.outcome.rawValue, statement == expected.statement else {
                    Issue.record(
                        "round \(round): \(decision), expected \(expected), \(request), \(policies.map { $0.map(\.json) })")
                    return
                }
            }
        }
        // A generator that never allows, or never denies, would prove nothing.
        for outcome in [Decision.Outcome.allow, .explicitDeny, .implicitDeny] {
            #expect(outcomes[outcome, default: 0] > Self.comparisons / 4 / 20, "\(outcomes)")
        }
    }

    @Test("many statements with many lengths of prefixes agree with the plain engine")
    func agreesOnManyShapes() throws {
        var source = RandomPolicies(seed: 99)
        for _ in 0..<10 {
            var policies = source.policies(5...10, 10...20)
            for index in 0..<150 {
                var statement = ModelStatement()
                statement.isDeny = index % 7 == 0
                let name = "DescribeInstancesAndManyMore"
                statement.actions = ["ecs:" + name.prefix(1 + index % 27) + (index % 2 == 0 ? "*" : "")]
                statement.resources = ["acs:ecs:*:*:" + "instance/i-1234567890".prefix(index % 22) + "*"]
                policies[index % policies.count].append(statement)
            }
            let set = try PolicySet(model: policies)
            for _ in 0..<60 {
                var request = source.request()
                if source.random.chance(50) {
                    request.action = "ecs:" + "DescribeInstancesAndManyMore".prefix(Int.random(in: 1...28, using: &source.random))
                    request.resources = [
                        "acs:ecs:cn-x:1:" + "instance/i-1234567890".prefix(Int.random(in: 0...21, using: &source.random))
                    ]
                }
                let decision = set.decide(request)
                let expected = ReferenceEngine.decide(policies, request)
                #expect(decision.outcome.rawValue == expected.outcome.rawValue)
                #expect(decision.statement.map { [$0.policy, $0.index] } == expected.statement)
            }
        }
    }

    @Test("long lists of actions and resources decide like their pairs")
    func agreesOnLongLists() throws {
        var source = RandomPolicies(seed: 5)
        var wide = ModelStatement()
        wide.actions = (0..<40).map { "ecs:Action\($0)" } + ["vpc:Describe*"]
        wide.resources = (0..<30).map { "acs:ecs:*:*:instance/i-\($0)" } + ["acs:vpc:*:*:*"]
        var denying = wide
        denying.isDeny = true
        denying.resources.reverse()
        denying.actions = Array(denying.actions.prefix(12))
        let policies = [[denying], [wide]]
        let set = try PolicySet(model: policies)
        for _ in 0..<500 {
            var request = ModelRequest()
            request.action = "ecs:Action\(Int.random(in: 0..<45, using: &source.random))"
            request.resources = ["acs:ecs:r:1:instance/i-\(Int.random(in: 0..<35, using: &source.random))"]
            #expect(set.decide(request).outcome.rawValue == ReferenceEngine.decide(policies, request).outcome.rawValue)
        }
    }

    @Test("one more Allow never turns an allowed request into a denied one; one more Deny never allows")
    func monotony() throws {
        var source = RandomPolicies(seed: 7)
        for _ in 0..<Self.rounds / 4 {
            let policies = source.policies()
            let request = source.request()
            let before = try PolicySet(model: policies).decide(request).outcome
            let allowing = try PolicySet(model: policies + [[source.statement(isDeny: false)]]).decide(request).outcome
            let denying = try PolicySet(model: policies + [[source.statement(isDeny: true)]]).decide(request).outcome
            #expect(before != .allow || allowing == .allow)
            #expect(before != .explicitDeny || allowing == .explicitDeny)
            #expect(before == .allow || denying != .allow)
        }
    }

    @Test("the order of policies, statements and entries is irrelevant")
    func order() throws {
        var source = RandomPolicies(seed: 8)
        for _ in 0..<Self.rounds / 4 {
            let policies = source.policies()
            let request = source.request()
            var shuffled = policies.map { policy in
                policy.map { statement in
                    var statement = statement
                    statement.actions.shuffle(using: &source.random)
                    statement.resources.shuffle(using: &source.random)
                    statement.conditions.shuffle(using: &source.random)
                    return statement
                }.shuffled(using: &source.random)
            }
            shuffled.shuffle(using: &source.random)
            let before = try PolicySet(model: policies).decide(request).outcome
            #expect(try PolicySet(model: shuffled).decide(request).outcome == before)
        }
    }

    @Test("an explanation agrees with the decision it explains")
    func explanation() throws {
        var source = RandomPolicies(seed: 9)
        for _ in 0..<Self.rounds / 8 {
            let policies = source.policies()
            let set = try PolicySet(model: policies)
            let request = source.request()
            let explanation = set.explain(
                action: request.action, resources: request.resources, context: request.contextMap)
            let decision = explanation.decision
            #expect(decision == set.decide(request))
            let applying = explanation.findings.filter(\.applies)
            let denied = applying.contains { $0.effect == .deny }
            let resources = max(1, request.resources.count)
            let allowed = (0..<resources).allSatisfy { index in
                applying.contains { $0.effect == .allow && $0.resource == index }
            }
            #expect((decision.outcome == .explicitDeny) == denied)
            #expect((decision.outcome == .allow) == (!denied && allowed))
            if let statement = decision.statement {
                #expect(applying.contains { $0.statement == statement && $0.resource == decision.resource })
            }
        }
    }
}
