import Bytes

extension ReshapePlan {
    /// The plan for answers to requests for `operation` on `route`, or by the action's name when that is nil. Of the
    /// action's documentation only the rows of its answer are read, and only when the plan is first used.
    public convenience init(_ catalogue: Catalogue, _ operation: Operation, route: Route?) {
        let source = catalogue.sources[operation.entry.file]
        self.init {
            let entry = operation.entry
            let rows = source.withView { view in
                (try? AnswerShapeBuilder.rows(of: view.slice(entry.extent))) ?? []
            }
            let collection = (route?.collection ?? entry.collection).map { [$0] } ?? []
            return AnswerShapeBuilder(rows).shape(
                collections: collection + entry.collectionAliases, isSingle: route?.isSingle ?? false,
                createdID: (route ?? entry.routes.first)?.creates?.id)
        }
    }

    /// The plan for an answer whose documented places are `rows`: JSON paths from the root, `[]` after a list
    /// (`Disks.Disk[].DiskId`), with the type of what is there. `collection` is the path of the list that the answer is
    /// about (`Disks.Disk`), of which `isSingle` takes the only element; `createdID` the path of the ids of what was
    /// created (`InstanceIdSets.InstanceIdSet[]`).
    public convenience init(
        rows: [(path: String, type: String)], collection: String? = nil, isSingle: Bool = false,
        createdID: String? = nil
    ) {
        self.init {
            AnswerShapeBuilder(rows.map { .init(path: $0.path, type: $0.type) })
                .shape(collections: collection.map { [$0] } ?? [], isSingle: isSingle, createdID: createdID)
        }
    }
}

extension AnswerShapeBuilder {
    /// The rows `[path, type, note]` of the member `response` of an action in the catalogue. Tests of the catalogue see
    /// to it that it is well formed.
    fileprivate static func rows(of action: ByteView) throws(JSONError) -> [Row] {
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
