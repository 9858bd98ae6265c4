/// One product of the simulated cloud.
struct SimulatedProduct: Sendable {
    /// API version, which names the product on the wire.
    let version: String
    /// What answers its actions, one table for each family of them.
    let families: [[String: ActionHandler]]
    /// Errors that every action of the product can answer with.
    let commonErrors: [ErrorBook.Row]
}

/// All actions that the simulated cloud answers.
enum ActionTable {
    static let products: [SimulatedProduct] = [ECS.product, VPC.product, SLB.product, ENS.product]

    /// The handler of an action, or nil when the simulated cloud has none.
    static func handler(version: String, action: String) -> ActionHandler? {
        byVersion[version]?[action]
    }

    /// Errors that every action of a version can answer with; those of ECS where the version is unknown.
    static func commonErrors(version: String?) -> [ErrorBook.Row] {
        (products.first { $0.version == version } ?? ECS.product).commonErrors
    }

    private static let byVersion: [String: [String: ActionHandler]] = {
        var table: [String: [String: ActionHandler]] = [:]
        for product in products {
            for family in product.families {
                table[product.version, default: [:]].merge(family) { first, _ in first }
            }
        }
        return table
    }()
}
