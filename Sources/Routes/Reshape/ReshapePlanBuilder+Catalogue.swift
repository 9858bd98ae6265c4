import Bytes

extension ReshapePlanBuilder {
    /// Reads the documented answer of an operation of `catalogue`, and nothing else of its documentation.
    public init(_ catalogue: Catalogue, _ operation: Operation) {
        let entry = operation.entry
        let rows = catalogue.sources[entry.file].withView { view in
            (try? Self.rows(of: view.slice(entry.extent))) ?? []
        }
        self.init(rows)
    }

    /// The plan for an answer to a request on `route`, or by the action's name when that is nil.
    public func plan(_ operation: Operation, route: Route?) -> ReshapePlan {
        plan(
            collection: route?.collection ?? operation.entry.collection, isSingle: route?.isSingle ?? false,
            createdID: (route ?? operation.entry.routes.first)?.creates?.id)
    }

    /// The rows `[path, type, note]` of the member `response` of an action in the catalogue. Tests of the catalogue see to
    /// it that it is well formed.
    private static func rows(of action: ByteView) throws(JSONError) -> [Row] {
        var scanner = JSONScanner(action)
        guard try scanner.next() == .beginObject else { return [] }
        while case .name(let name) = try scanner.next() {
            guard action.slice(name.range).equals("response") else {
                try scanner.skipValue()
                continue
            }
            var rows: [Row] = []
            guard try scanner.next() == .beginArray else { return [] }
            while try scanner.next() == .beginArray {
                var cells: [String] = []
                while case .string(let text) = try scanner.next() { cells.append(JSONText.string(text, of: action)) }
                if cells.count >= 2 { rows.append(Row(path: cells[0], type: cells[1])) }
            }
            return rows
        }
        return []
    }
}

extension ReshapePlan {
    /// The plan for answers of `operation` on `route`, or by its name when that is nil. For all routes of an operation,
    /// use one ``ReshapePlanBuilder``.
    public init(_ catalogue: Catalogue, _ operation: Operation, route: Route?) {
        self = ReshapePlanBuilder(catalogue, operation).plan(operation, route: route)
    }
}
