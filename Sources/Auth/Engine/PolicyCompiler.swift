import Bytes

/// Turns policy documents into the tables of a policy set.
struct PolicyCompiler {
    private(set) var arena: [UInt8] = []
    private(set) var actions: [ActionPattern] = []
    private(set) var resources: [ResourcePattern] = []
    private(set) var conditions = ConditionTable()
    private(set) var statements: [CompiledStatement] = []

    /// Shapes of one index beyond which the lengths of prefixes are rounded, so that lookups stay short.
    private static let mostShapes = 48
    private static let roundedLengths = [64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1]

    mutating func add(_ statement: PolicyStatement, policy: Int, index: Int) {
        let firstAction = UInt32(actions.count)
        for text in statement.actions { actions.append(ActionPattern(text, arena: &arena)) }
        let firstResource = UInt32(resources.count)
        for text in statement.resources { resources.append(ResourcePattern(text, arena: &arena)) }
        let firstCondition = UInt32(conditions.entries.count)
        for condition in statement.conditions { conditions.add(condition) }
        statements.append(
            CompiledStatement(
                policy: UInt32(policy), index: UInt32(index), isDeny: statement.effect == .deny,
                isNotAction: statement.isNotAction, actions: firstAction..<UInt32(actions.count),
                resources: firstResource..<UInt32(resources.count),
                conditions: firstCondition..<UInt32(conditions.entries.count)))
    }

    /// The index of all statements with one effect.
    func index(ofDeny isDeny: Bool) -> RuleIndex {
        var rules: [Rule] = []
        var covered: Set<Pair> = []
        for (number, statement) in statements.enumerated() where statement.isDeny == isDeny {
            for rule in Rule.rules(of: statement, at: UInt32(number)) {
                // What an earlier statement without condition decides alike needs no second look.
                let pair = pair(rule)
                if let pair, covered.contains(pair) { continue }
                if let pair, statement.conditions.isEmpty { covered.insert(pair) }
                rules.append(rule)
            }
        }
        let exact = rules.map { place($0, rounding: false) }
        if Set(exact.map(\.shape)).count <= Self.mostShapes { return RuleIndex(exact) }
        return RuleIndex(rules.map { place($0, rounding: true) })
    }

    // MARK: - Equal rules

    /// The text of an action and a resource.
    private struct Pair: Hashable {
        let action: [UInt8]
        let resource: [UInt8]
    }

    private func pair(_ rule: Rule) -> Pair? {
        guard rule.action != Rule.whole, rule.resource != Rule.whole else { return nil }
        let action = actions[Int(rule.action)]
        let resource = resources[Int(rule.resource)]
        return Pair(
            action: action.isAny ? [] : text([action.service, action.name]),
            resource: resource.isAny
                ? [] : text([resource.service, resource.region, resource.account, resource.relative]))
    }

    private func text(_ fields: [Wildcard]) -> [UInt8] {
        fields.flatMap { field in
            [field.kind.rawValue] + arena[Int(field.offset)..<Int(field.offset) + Int(field.length)] + [0x3A]
        }
    }

    // MARK: - Shapes

    private func place(_ rule: Rule, rounding: Bool) -> (rule: Rule, shape: RuleShape, hash: UInt64) {
        var shape = RuleShape()
        var sum: UInt64 = 0
        if rule.action != Rule.whole, !actions[Int(rule.action)].isAny {
            let action = actions[Int(rule.action)]
            add(action.service, .service, FieldHash.service, &shape, &sum)
            add(action.name, .name, FieldHash.name, &shape, &sum)
            shape.namePrefix = addPrefix(action.name, FieldHash.name, rounding, &sum)
        }
        if rule.resource != Rule.whole, !resources[Int(rule.resource)].isAny {
            let resource = resources[Int(rule.resource)]
            shape.fields.insert(.arn)
            add(resource.service, .product, FieldHash.product, &shape, &sum)
            add(resource.region, .region, FieldHash.region, &shape, &sum)
            add(resource.account, .account, FieldHash.account, &shape, &sum)
            add(resource.relative, .relative, FieldHash.relative, &shape, &sum)
            shape.relativePrefix = addPrefix(resource.relative, FieldHash.relative, rounding, &sum)
        }
        return (rule, shape, FieldHash.step(sum &+ shape.seed, shape.seed))
    }

    private func add(
        _ field: Wildcard, _ part: RuleShape.Fields, _ seed: UInt64, _ shape: inout RuleShape, _ sum: inout UInt64
    ) {
        guard field.kind == .literal else { return }
        shape.fields.insert(part)
        sum &+= arena.withView { FieldHash.of(field.headBytes(arena: $0), seed) }
    }

    /// Adds the fixed beginning of a field with wildcards and returns its length.
    private func addPrefix(_ field: Wildcard, _ seed: UInt64, _ rounding: Bool, _ sum: inout UInt64) -> Int {
        guard field.kind != .literal, field.head > 0 else { return 0 }
        let head = Int(field.head)
        let length = rounding ? Self.roundedLengths.first { $0 <= head } ?? head : head
        sum &+= arena.withView { FieldHash.of(field.headBytes(arena: $0).slice(0..<length), seed) }
        return length
    }
}
