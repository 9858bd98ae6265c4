/// A statement with one of its actions and one of its resources, or with a whole list of them where listing every pair
/// would be too many.
struct Rule {
    let statement: UInt32
    /// The pattern's index in the set; ``whole`` for all patterns of the statement.
    let action: UInt32
    let resource: UInt32

    static let whole = UInt32.max

    /// Pairs of one statement that are listed one by one.
    private static let mostPairs = 256

    /// Whether the rule has one action and one resource pattern.
    @inline(__always)
    var isPair: Bool { action != Self.whole && resource != Self.whole }

    /// The rules of the statement with number `number`, whose patterns are `actions` and `resources`.
    static func rules(
        of statement: CompiledStatement, at number: UInt32, actions: ArraySlice<UInt32>, resources: ArraySlice<UInt32>
    ) -> [Rule] {
        if statement.isNotAction {
            return resources.map { Rule(statement: number, action: whole, resource: $0) }
        }
        if actions.count * resources.count <= mostPairs {
            return actions.flatMap { action in
                resources.map { Rule(statement: number, action: action, resource: $0) }
            }
        }
        return actions.count > resources.count
            ? actions.map { Rule(statement: number, action: $0, resource: whole) }
            : resources.map { Rule(statement: number, action: whole, resource: $0) }
    }
}
