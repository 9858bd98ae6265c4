import Routes

/// One product of the simulated cloud.
struct SimulatedProduct: Sendable {
    /// The private cloud's products say only what they do otherwise than the public cloud's of the same version.
    var dialect = Dialect.publicCloud
    /// API version, which names the product on the wire.
    let version: String
    /// What answers its actions, one table for each family of them.
    let families: [[String: ActionHandler]]
    /// Errors that every action of the product can answer with.
    let commonErrors: [ErrorBook.Row]
    /// Errors that actions document in place of others, by the codes of those.
    var spellings: [String: [CloudError]] = [:]
}

/// All actions that the simulated cloud answers.
enum ActionTable {
    static let products: [SimulatedProduct] = [ECS.product, VPC.product, SLB.product, ENS.product, Apsara.product]

    /// The handler of an action, or nil when the simulated cloud has none.
    static func handler(version: String, action: String, dialect: Dialect = .publicCloud) -> ActionHandler? {
        handlers[Key(dialect: dialect, version: version)]?[action]
            ?? handlers[Key(dialect: .publicCloud, version: version)]?[action]
    }

    /// The product of a version; ECS where the version is unknown.
    static func product(version: String?, dialect: Dialect = .publicCloud) -> SimulatedProduct {
        products.first { $0.version == version && $0.dialect == dialect } ?? (dialect == .apsara ? Apsara.product : ECS.product)
    }

    private struct Key: Hashable {
        let dialect: Dialect
        let version: String
    }

    private static let handlers: [Key: [String: ActionHandler]] = {
        var table: [Key: [String: ActionHandler]] = [:]
        for product in products {
            let key = Key(dialect: product.dialect, version: product.version)
            for family in product.families { table[key, default: [:]].merge(family) { first, _ in first } }
        }
        return table
    }()
}
