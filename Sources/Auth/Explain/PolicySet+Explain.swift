import Bytes

extension PolicySet {
    /// Decides a request and says for each statement and resource what it had to do with the decision. Slow and thorough;
    /// agrees with ``decide(action:resources:context:)``.
    public func explain(action: String, resources: [String], context: some ConditionContext) -> Explanation {
        let prepared = PreparedAction(action)
        return Self.withViews(of: resources) { views in
            let decision = decide(prepared, resources: views, context: context)
            var findings: [Explanation.Finding] = []
            if invalidPolicy == nil {
                prepared.withName { name in
                    arena.withView { arena in
                        for index in 0..<max(1, views.count) {
                            let resource = ResourceName(views.isEmpty ? Self.everything : views[index])
                            let request = Request(action: name, resource: resource, index: index, arena: arena)
                            for number in statements.indices { findings.append(finding(number, request, context)) }
                        }
                    }
                }
            }
            return Explanation(
                decision: decision, reason: reason(for: decision, action: action, resources: resources),
                findings: findings)
        }
    }

    /// The decision and its ground in one sentence: who denies, who allows, or that nobody does. `action` and `resources`
    /// are those of the request.
    public func reason(for decision: Decision, action: String, resources: [String]) -> String {
        let resource = resources.indices.contains(decision.resource) ? resources[decision.resource] : "*"
        let subject = "`\(action)` on `\(resource)`"
        let session = decision.policyClass == .session
        switch decision.outcome {
        case .allow:
            return "\(subject) is allowed by \(label(decision, session))"
        case .explicitDeny:
            return "\(subject) is denied by \(label(decision, session))"
        case .implicitDeny:
            if names.isEmpty { return "no policy is attached, so nothing allows \(subject)" }
            let list = names.map { "`\($0)`" }.joined(separator: ", ")
            let owner = session ? "the session policies" : names.count == 1 ? "the policy" : "the policies"
            return "no statement of \(owner) \(list) allows \(subject)"
        case .invalidPolicy:
            let name = invalidPolicy.map { names[$0] } ?? ""
            return "policy `\(name)` is not valid, so nothing is decided by the policies it stands among"
        }
    }

    /// A statement as people count, from 1: ``statement 2 (`NoDelete`) of policy `ops` ``.
    static func label(_ statement: Decision.Statement, sid: String?, policy: String) -> String {
        let sid = sid.map { " (`\($0)`)" } ?? ""
        return "statement \(statement.index + 1)\(sid) of policy `\(policy)`"
    }

    /// The `Sid` of a statement that a decision names.
    public func sid(of statement: Decision.Statement) -> String? {
        statements.firstIndex { Int($0.policy) == statement.policy && Int($0.index) == statement.index }
            .flatMap { sources[$0].sid }
    }

    private func label(_ decision: Decision, _ isSession: Bool) -> String {
        guard let statement = decision.statement, names.indices.contains(statement.policy) else { return "no statement" }
        let label = Self.label(statement, sid: sid(of: statement), policy: names[statement.policy])
        return isSession ? "\(label) of the session" : label
    }

    private func finding(
        _ number: Int, _ request: Request, _ context: some ConditionContext
    ) -> Explanation.Finding {
        let statement = statements[number]
        let outcome: Explanation.Finding.Outcome =
            if !matchesAction(statement, request) {
                .actionNotCovered
            } else if !matchesResource(statement, request) {
                .resourceNotCovered
            } else {
                conditionOutcome(number, request, context)
            }
        return Explanation.Finding(
            policy: names[Int(statement.policy)],
            statement: Decision.Statement(policy: Int(statement.policy), index: Int(statement.index)),
            sid: sources[number].sid, effect: sources[number].effect, resource: request.index, outcome: outcome)
    }

    private func conditionOutcome(
        _ number: Int, _ request: Request, _ context: some ConditionContext
    ) -> Explanation.Finding.Outcome {
        let statement = statements[number]
        var undecided: String?
        for (index, condition) in zip(statement.conditions, sources[number].conditions) {
            let value = context.value(of: condition.key, resource: request.index, arn: request.resource.text)
            let subject = "condition \(condition.test.rawValue) on `\(condition.spelling)`"
            switch conditions.verdict(conditions.entries[Int(index)], on: value) {
            case .met: continue
            case .notMet: return .conditionNotMet("its \(subject) is not met: \(value.summary)")
            case .undecided: undecided = undecided ?? "its \(subject) cannot be decided: \(value.summary)"
            }
        }
        guard let undecided else { return .applies }
        return statement.isDeny ? .appliesUndecided(undecided) : .conditionUndecided(undecided)
    }

    /// Calls `body` with views of `texts`, valid during the call only.
    static func withViews<Result>(
        of texts: [String], _ body: (UnsafeBufferPointer<ByteView>) -> Result
    ) -> Result {
        let bytes = texts.flatMap { Array($0.utf8) }
        return bytes.withView { bytes in
            var start = 0
            let views = texts.map { text in
                defer { start += text.utf8.count }
                return bytes.slice(start..<start + text.utf8.count)
            }
            return views.withUnsafeBufferPointer(body)
        }
    }
}

extension ContextValue {
    /// What a request has under a key, for a sentence.
    fileprivate var summary: String {
        switch self {
        case .missing: "the request has none"
        case .unknown: "its value could not be found out"
        case .list(let values): "the request has " + values.map { "`\($0.writtenText)`" }.joined(separator: ", ")
        default: "the request has `\(writtenText)`"
        }
    }

    private var writtenText: String { String(decoding: written, as: UTF8.self).abridged }
}
