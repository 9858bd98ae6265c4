import Routes

/// The catalogue's actions by what the wire calls them: API version and action.
struct OperationIndex: Sendable {
    let catalogue: Catalogue
    private let byVersion: [String: [String: Operation]]

    /// The actions of the clouds of one dialect.
    init(_ catalogue: Catalogue, _ dialect: Dialect) {
        self.catalogue = catalogue
        var byVersion: [String: [String: Operation]] = [:]
        for operation in catalogue.operations where operation.entry.dialect == dialect {
            byVersion[operation.entry.version, default: [:]][operation.entry.action] = operation
        }
        self.byVersion = byVersion
    }

    /// The operation with these names.
    func find(version: String, action: String) throws(CloudError) -> Operation {
        guard let actions = byVersion[version] else { throw CloudError("InvalidParameter", about: "Action or Version") }
        guard let operation = actions[action] else { throw CloudError("InvalidAction") }
        return operation
    }
}

extension ErrorBook {
    /// The errors that the documentation of an action lists, and those of all actions of its product.
    init(_ documentation: ActionDocumentation, version: String, dialect: Dialect = .publicCloud) {
        let product = ActionTable.product(version: version, dialect: dialect)
        self.init(
            rows: documentation.errors.map { Row($0.status, $0.code, $0.message) }, common: product.commonErrors,
            spellings: product.spellings)
    }
}
