import Bytes

extension PolicySet {
    /// Decides one request: an explicit deny of any resource wins; otherwise every resource must be allowed, by whichever
    /// statements. A request without resources is judged on the single resource `*`, and never allowed by emptiness.
    ///
    /// `resources` are borrowed for the call. Decisions are not to be kept across changes of policies.
    public func decide(
        _ action: PreparedAction, resources: UnsafeBufferPointer<ByteView>, context: some ConditionContext
    ) -> Decision {
        action.withName { decide($0, resources, context) }
    }

    /// The same for an action that was not prepared, `service:Name` in any letter case.
    public func decide(
        action: ByteView, resources: UnsafeBufferPointer<ByteView>, context: some ConditionContext
    ) -> Decision {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: action.count) { folded in
            for index in action.indices { folded.initializeElement(at: index, to: action[index].asciiLowercased) }
            return decide(ActionName(lowercased: ByteView(folded)), resources, context)
        }
    }

    func decide(
        _ action: ActionName, _ resources: UnsafeBufferPointer<ByteView>, _ context: some ConditionContext
    ) -> Decision {
        if invalidPolicy != nil { return Decision(outcome: .invalidPolicy, statement: nil, resource: 0) }
        return arena.withUnsafeBufferPointer { arena in
            var allowing: UInt32?
            var firstNotAllowed: Int?
            var memo = ValueMemo()
            for index in 0..<max(1, resources.count) {
                memo.clear()
                let text = resources.isEmpty ? Self.everything : resources[index]
                let resource = ResourceName(text)
                let request = Request(action: action, resource: resource, index: index, arena: arena)
                if let denying = first(denials, request, context, &memo) {
                    return decision(.explicitDeny, denying, resource: index)
                }
                guard firstNotAllowed == nil else { continue }
                let statement = first(allowances, request, context, &memo)
                if statement == nil { firstNotAllowed = index }
                if index == 0 { allowing = statement }
            }
            if let firstNotAllowed { return decision(.implicitDeny, nil, resource: firstNotAllowed) }
            return decision(.allow, allowing, resource: 0)
        }
    }

    /// The resource that a request without any is judged on.
    static var everything: ByteView { ("*" as StaticString).view }

    /// One resource of a request and the action on it, with the bytes of the patterns they are compared to.
    struct Request {
        let action: ActionName
        let resource: ResourceName
        /// The resource's index in the request.
        let index: Int
        let arena: ByteView
    }

    private func decision(_ outcome: Decision.Outcome, _ number: UInt32?, resource: Int) -> Decision {
        let statement = number.map { number in
            let statement = statements[Int(number)]
            return Decision.Statement(policy: Int(statement.policy), index: Int(statement.index))
        }
        return Decision(outcome: outcome, statement: statement, resource: resource)
    }

    @inline(__always)
    private func first(
        _ index: RuleIndex, _ request: Request, _ context: some ConditionContext, _ memo: inout ValueMemo
    ) -> UInt32? {
        // Rules that stand together often differ in nothing but their conditions.
        var lastPair = (action: Rule.whole, resource: Rule.whole, matches: false)
        return index.firstStatement(request.action, request.resource) { rule in
            if !rule.isPair || rule.action != lastPair.action || rule.resource != lastPair.resource {
                lastPair = (rule.action, rule.resource, matches(rule, request))
            }
            guard lastPair.matches else { return false }
            let statement = statements[Int(rule.statement)]
            return statement.conditions.isEmpty || conditionsLetApply(statement, request, context, &memo)
        }
    }

    @inline(__always)
    private func matches(_ rule: Rule, _ request: Request) -> Bool {
        let matchesResource =
            rule.resource == Rule.whole
            ? matchesResource(statements[Int(rule.statement)], request)
            : resources[rule.resource].matches(request.resource, arena: request.arena)
        guard matchesResource else { return false }
        return rule.action == Rule.whole
            ? matchesAction(statements[Int(rule.statement)], request)
            : actions[rule.action].matches(request.action, arena: request.arena)
    }

    func matchesAction(_ statement: CompiledStatement, _ request: Request) -> Bool {
        let isListed = actions.contains(in: statement.actions) { $0.matches(request.action, arena: request.arena) }
        return isListed != statement.isNotAction
    }

    func matchesResource(_ statement: CompiledStatement, _ request: Request) -> Bool {
        resources.contains(in: statement.resources) { $0.matches(request.resource, arena: request.arena) }
    }

    /// Whether the statement applies as far as its conditions go. An undecided condition keeps an Allow from applying and
    /// lets a Deny apply, unless another condition of the block is definitely not met.
    private func conditionsLetApply(
        _ statement: CompiledStatement, _ request: Request, _ context: some ConditionContext, _ memo: inout ValueMemo
    ) -> Bool {
        var isDecided = true
        for index in statement.conditions {
            let entry = conditions.entries[Int(index)]
            let value = memo.value(of: entry.key) {
                context.value(
                    of: conditions.keys[Int(entry.key)], resource: request.index, arn: request.resource.text)
            }
            switch conditions.verdict(entry, on: value) {
            case .met: continue
            case .notMet: return false
            case .undecided: isDecided = false
            }
        }
        return isDecided || statement.isDeny
    }
}
