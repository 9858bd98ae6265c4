import Bytes

/// Turns policy documents into the tables of a policy set.
struct PolicyCompiler {
    private(set) var arena: [UInt8] = []
    private(set) var actions = PatternTable<ActionPattern>()
    private(set) var resources = PatternTable<ResourcePattern>()
    private(set) var conditions = ConditionTable()
    private(set) var statements: [CompiledStatement] = []

    /// Shapes of one index beyond which the lengths of prefixes are rounded, so that lookups stay short.
    private static let mostShapes = 48
    private static let roundedLengths = [64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1]

    mutating func add(_ statement: PolicyStatement, policy: Int, index: Int) {
        let folded = statement.actions.map { $0.utf8.map(\.asciiLowercased) }
        let actionPlaces = actions.add(folded) { ActionPattern(lowercased: $0, arena: &arena) }
        let resourcePlaces = resources.add(statement.resources.map { Array($0.utf8) }) {
            ResourcePattern($0, arena: &arena)
        }
        let firstCondition = UInt32(conditions.entries.count)
        for condition in statement.conditions { conditions.add(condition) }
        statements.append(
            CompiledStatement(
                policy: UInt32(policy), index: UInt32(index), isDeny: statement.effect == .deny,
                isNotAction: statement.isNotAction, actions: actionPlaces, resources: resourcePlaces,
                conditions: firstCondition..<UInt32(conditions.entries.count)))
    }

    /// The index of all statements with one effect.
    func index(ofDeny isDeny: Bool) -> RuleIndex {
        var rules: [Rule] = []
        var covered: Set<Pair> = []
        for (number, statement) in statements.enumerated() where statement.isDeny == isDeny {
            let listed = Rule.rules(
                of: statement, at: UInt32(number), actions: actions.indexes(of: statement.actions),
                resources: resources.indexes(of: statement.resources))
            for rule in listed {
                // What an earlier statement without condition decides alike needs no second look.
                if rule.isPair, covered.contains(Pair(rule)) { continue }
                if rule.isPair, statement.conditions.isEmpty { covered.insert(Pair(rule)) }
                rules.append(rule)
            }
        }
        let exact = rules.map { place($0, rounding: false) }
        if Set(exact.map(\.shape)).count <= Self.mostShapes { return RuleIndex(exact) }
        return RuleIndex(rules.map { place($0, rounding: true) })
    }

    /// An action and a resource pattern.
    private struct Pair: Hashable {
        let action: UInt32
        let resource: UInt32

        init(_ rule: Rule) {
            action = rule.action
            resource = rule.resource
        }
    }

    // MARK: - Shapes

    private func place(_ rule: Rule, rounding: Bool) -> (rule: Rule, shape: RuleShape, hash: UInt64) {
        var shape = RuleShape()
        var sum: UInt64 = 0
        if rule.action != Rule.whole, !actions[rule.action].isAny {
            let action = actions[rule.action]
            add(action.service, .service, FieldHash.service, &shape, &sum)
            add(action.name, .name, FieldHash.name, &shape, &sum)
            shape.namePrefix = addPrefix(action.name, FieldHash.name, rounding, &sum)
        }
        if rule.resource != Rule.whole, !resources[rule.resource].isAny {
            let resource = resources[rule.resource]
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
