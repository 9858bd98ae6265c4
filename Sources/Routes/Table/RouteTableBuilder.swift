/// Collects routes into the tree that ``RouteTable`` searches.
struct RouteTableBuilder {
    private struct Place: Hashable {
        let node: Int
        let dialect: Dialect
        let method: Route.Method
    }

    private(set) var nodes = [RouteTable.Node()]
    private(set) var edges = NameTable()
    /// Names of the children of each node, for hints.
    private(set) var children: [[String: Int]] = [[:]]
    private var candidates: [Place: [RouteGroup.Candidate]] = [:]

    mutating func add(_ operation: Operation) {
        let product = Route.Segment.literal(operation.entry.product)
        for (index, route) in operation.entry.routes.enumerated() {
            let candidate = RouteGroup.Candidate(operation: operation, route: route, routeIndex: index)
            add(candidate, route, below: [])
            if route.segments.first != product { add(candidate, route, below: [product]) }
        }
    }

    private mutating func add(_ candidate: RouteGroup.Candidate, _ route: Route, below prefix: [Route.Segment]) {
        var node = RouteTable.root
        for segment in prefix + route.segments {
            switch segment {
            case .literal(let name): node = literal(name, below: node)
            case .variable: node = variable(below: node)
            }
        }
        let place = Place(node: node, dialect: candidate.operation.entry.dialect, method: route.method)
        candidates[place, default: []].append(candidate)
    }

    private mutating func literal(_ name: String, below parent: Int) -> Int {
        if let node = children[parent][name] { return node }
        let node = addNode()
        edges.insert(parent, name, node)
        children[parent][name] = node
        return node
    }

    private mutating func variable(below parent: Int) -> Int {
        if let node = nodes[parent].variable { return node }
        let node = addNode()
        nodes[parent].variable = node
        return node
    }

    private mutating func addNode() -> Int {
        nodes.append(RouteTable.Node())
        children.append([:])
        return nodes.count - 1
    }

    /// Gives each node where routes end its position, and returns what ends there.
    mutating func makeEnds() -> [RouteTable.End] {
        var ends: [RouteTable.End] = []
        for (place, candidates) in candidates {
            let position = nodes[place.node].end ?? ends.count
            if position == ends.count { ends.append(RouteTable.End()) }
            nodes[place.node].end = position
            ends[position].groups[place.dialect.position(of: place.method)] = RouteGroup(candidates, place.method)
        }
        return ends
    }
}
