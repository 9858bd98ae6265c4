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

    /// The rules of a statement.
    static func rules(of statement: CompiledStatement, at index: UInt32) -> [Rule] {
        let actions = statement.actions.count
        let resources = statement.resources.count
        if statement.isNotAction {
            return statement.resources.map { Rule(statement: index, action: whole, resource: $0) }
        }
        if actions * resources <= mostPairs {
            return statement.actions.flatMap { action in
                statement.resources.map { Rule(statement: index, action: action, resource: $0) }
            }
        }
        return actions > resources
            ? statement.actions.map { Rule(statement: index, action: $0, resource: whole) }
            : statement.resources.map { Rule(statement: index, action: whole, resource: $0) }
    }
}
