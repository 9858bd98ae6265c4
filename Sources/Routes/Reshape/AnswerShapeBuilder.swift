import Bytes

/// Compiles plans from the documented places of an action's answer.
struct AnswerShapeBuilder {
    /// One documented place: its JSON path from the root, `[]` after a list (`Disks.Disk[].DiskId`), and its type.
    struct Row: Sendable {
        var path: String
        var type: String
    }

    private struct Place {
        var name: String
        var isList = false
        var isDocumented = false
        /// An object whose members are not documented.
        var isOpaque = false
        var isCreatedID = false
        var isOnCollectionPath = false
        var isHidden = false
        var children: [Place] = []

        /// Makes sure that there is a place at `path`, and changes all places on the way to it.
        mutating func insert(_ path: ArraySlice<Substring>, _ change: (inout Place, _ isLast: Bool) -> Void) {
            guard let first = path.first else { return }
            let isList = first.hasSuffix("[]")
            let name = isList ? first.dropLast(2) : first
            let index = children.firstIndex { $0.name == name } ?? children.count
            if index == children.count { children.append(Place(name: String(name))) }
            children[index].isList = children[index].isList || isList
            change(&children[index], path.count == 1)
            children[index].insert(path.dropFirst(), change)
        }

        var kind: AnswerShape.Node.Kind {
            if isList { return .list }
            if !isDocumented { return .unknown }
            if children.isEmpty { return isOpaque ? .object : .unknown }
            return children.count == 1 && children[0].isList ? .wrapper : .object
        }

        /// Whether reshaping does anything here or below but rename.
        var matters: Bool {
            kind != .unknown || isCreatedID || isOnCollectionPath || isHidden || children.contains(where: \.matters)
        }
    }

    private var root = Place(name: "")

    init(_ rows: some Sequence<Row>) {
        for row in rows {
            root.insert(Self.parts(row.path)) { place, isLast in
                place.isDocumented = true
                if isLast, row.type == "Object" || row.type == "Struct" { place.isOpaque = true }
            }
        }
    }

    private static func parts(_ path: String) -> ArraySlice<Substring> {
        path.split(separator: ".")[...]
    }

    /// The compiled plan for a route. `collections` are the paths of the list that the answer is about (`Disks.Disk`), one
    /// of which is there, and of which `isSingle` takes the only element; `createdID` the path of the ids of what was
    /// created (`InstanceIdSets.InstanceIdSet[]`).
    func shape(collections: [String], isSingle: Bool, createdID: String?) -> AnswerShape {
        var root = root
        if let createdID {
            root.insert(Self.parts(createdID)) { place, isLast in if isLast { place.isCreatedID = true } }
        }
        for collection in collections {
            root.insert(Self.parts(collection)) { place, isLast in
                place.isOnCollectionPath = true
                if isLast { place.isList = true }
            }
        }
        let names = root.children.map(\.name) + ["RequestId"]
        for index in root.children.indices {
            root.children[index].isHidden = RESTName.isHidden(root.children[index].name, by: names)
        }
        var tables = AnswerShape.Tables()
        tables.isSingle = isSingle && !collections.isEmpty
        tables.hasCreatedID = createdID != nil
        Self.add(root.children, to: AnswerShape.rootNode, &tables)
        return AnswerShape(tables)
    }

    private static func add(_ places: [Place], to parent: Int, _ tables: inout AnswerShape.Tables) {
        let places = places.filter(\.matters)
        let first = tables.children.count
        tables.nodes[parent].children = first..<first + places.count
        for place in places {
            let start = tables.names.count
            tables.names.append(text: place.name)
            tables.children.append(.init(name: start..<tables.names.count, node: tables.nodes.count))
            if place.isOnCollectionPath, place.isList { tables.collectionNode = tables.nodes.count }
            tables.nodes.append(
                .init(
                    kind: place.kind, isOnCollectionPath: place.isOnCollectionPath, isCreatedID: place.isCreatedID,
                    isHidden: place.isHidden))
        }
        for (index, place) in places.enumerated() {
            add(place.children, to: tables.children[first + index].node, &tables)
        }
    }
}
