import Testing

@testable import Routes

/// The product's catalogue, made once for all suites.
enum WholeCatalogue {
    private static let made = Result { () throws(CatalogueFaults) in try Catalogue() }

    static func get() throws -> Catalogue { try made.get() }

    static func entry(_ product: String, _ action: String, _ dialect: Dialect = .publicCloud) throws -> ActionEntry {
        try #require(try get().operation(product: product, action: action, dialect: dialect)).entry
    }
}
