import Bytes

/// Finds the rules that can match an action and a resource, without looking at the others: one table probe for each
/// shape of rule, then a verification of the few rules found. Immutable; a lookup allocates nothing.
struct RuleIndex {
    /// Rules with one hash stand together in ``rules``. No rules: an empty slot.
    private struct Slot {
        var hash: UInt64 = 0
        var start: UInt32 = 0
        var count: UInt32 = 0
    }

    /// In the order of their first statements.
    private let shapes: [PreparedShape]
    /// Open addressing, at most half full; the size is a power of two.
    private let slots: [Slot]
    /// Grouped by hash, in the order of statements within a group.
    private let rules: [Rule]

    /// `placed` are rules in the order of statements, each with its shape and the hash of its fixed fields.
    init(_ placed: [(rule: Rule, shape: RuleShape, hash: UInt64)]) {
        var firstStatements: [RuleShape: UInt32] = [:]
        var groups: [UInt64: [Rule]] = [:]
        for (rule, shape, hash) in placed {
            if firstStatements[shape] == nil { firstStatements[shape] = rule.statement }
            groups[hash, default: []].append(rule)
        }
        shapes = firstStatements.map { PreparedShape($0.key, firstStatement: $0.value) }
            .sorted { ($0.firstStatement, $0.seed) < ($1.firstStatement, $1.seed) }
        var capacity = 1
        while capacity < groups.count * 2 { capacity *= 2 }
        var slots = [Slot](repeating: Slot(), count: capacity)
        var rules: [Rule] = []
        for (hash, group) in groups {
            var place = Int(truncatingIfNeeded: hash) & (capacity - 1)
            while slots[place].count > 0 { place = (place + 1) & (capacity - 1) }
            slots[place] = Slot(hash: hash, start: UInt32(rules.count), count: UInt32(group.count))
            rules += group
        }
        self.slots = slots
        self.rules = rules
    }

    /// The first statement with a rule for which `applies` holds, among those that can match; nil when there is none.
    @inline(__always)
    func firstStatement(
        _ action: ActionName, _ resource: ResourceName, where applies: (Rule) -> Bool
    ) -> UInt32? {
        var best = UInt32.max
        for shape in shapes {
            // Shapes are sorted: nothing that follows comes before what was found.
            if shape.firstStatement >= best { break }
            guard let hash = shape.hash(action, resource), let group = group(hash) else { continue }
            for index in group {
                let rule = rules[index]
                if rule.statement >= best { break }
                if applies(rule) {
                    best = rule.statement
                    break
                }
            }
        }
        return best == .max ? nil : best
    }

    @inline(__always)
    private func group(_ hash: UInt64) -> Range<Int>? {
        var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while true {
            let slot = slots[place]
            if slot.count == 0 { return nil }
            if slot.hash == hash { return Int(slot.start)..<Int(slot.start) + Int(slot.count) }
            place = (place + 1) & (slots.count - 1)
        }
    }
}
