import Routes

/// The catalogue's actions by what the wire calls them: API version and action.
struct OperationIndex: Sendable {
    let catalogue: Catalogue
    private let byVersion: [String: [String: Operation]]

    /// The actions of the public cloud.
    init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
        var byVersion: [String: [String: Operation]] = [:]
        for operation in catalogue.operations where operation.entry.dialect == .publicCloud {
            byVersion[operation.entry.version, default: [:]][operation.entry.action] = operation
        }
        self.byVersion = byVersion
    }

    /// The operation that a call names.
    func find(_ envelope: CallEnvelope) throws(CloudError) -> Operation {
        guard let action = envelope.action, !action.isEmpty else { throw .missing("Action") }
        guard let version = envelope.version, !version.isEmpty else { throw .missing("Version") }
        guard let actions = byVersion[version] else { throw CloudError("InvalidParameter", about: "Action or Version") }
        guard let operation = actions[action] else { throw CloudError("InvalidAction") }
        return operation
    }
}

extension ErrorBook {
    /// The errors that the documentation of an action lists.
    init(_ documentation: ActionDocumentation) {
        rows = documentation.errors.map { Row($0.status, $0.code, $0.message) }
    }
}
