import Bytes

/// Finds the operations of a method and path, in time that depends on the path alone.
///
/// A tree of path parts whose named children lie in one hash table; literals come before variables. Every path also
/// answers with its product in front. Immutable, so any thread may match.
public final class RouteTable: Sendable {
    /// A method as the caller sent it.
    public enum Method: Hashable, Sendable {
        case route(Route.Method)
        case head
        case other

        /// Reads the bytes of a request line; letter case matters.
        public init(_ name: ByteView) {
            switch name {
            case _ where name.equals("GET"): self = .route(.get)
            case _ where name.equals("POST"): self = .route(.post)
            case _ where name.equals("DELETE"): self = .route(.delete)
            case _ where name.equals("PUT"): self = .route(.put)
            case _ where name.equals("PATCH"): self = .route(.patch)
            case _ where name.equals("HEAD"): self = .head
            default: self = .other
            }
        }
    }

    struct Node: Sendable {
        /// The child of a path variable.
        var variable: Int?
        /// Position in ``ends`` when a route ends here.
        var end: Int?
    }

    /// What ends at one node: a group for each dialect and method.
    struct End: Sendable {
        var groups = [RouteGroup?](repeating: nil, count: Route.Method.allCases.count * Dialect.allCases.count)

        func methods(in dialect: Dialect) -> MethodSet {
            var set = MethodSet()
            for method in Route.Method.allCases where groups[dialect.position(of: method)] != nil {
                set.insert(MethodSet(method))
            }
            return set
        }
    }

    /// Parts that a path may have; longer ones are not found.
    private static let maximalParts = 16

    static let root = 0

    private let nodes: [Node]
    private let edges: NameTable
    private let ends: [End]
    private let actions: NameTable
    private let actionGroups: [RouteGroup]
    let names: RouteNames

    public init(_ catalogue: Catalogue) {
        var builder = RouteTableBuilder()
        for operation in catalogue.operations { builder.add(operation) }
        ends = builder.makeEnds()
        nodes = builder.nodes
        names = RouteNames(
            children: builder.children, actions: catalogue.operations.map { "\($0.entry.product)/\($0.entry.action)" })
        edges = builder.edges
        actionGroups = catalogue.operations.map { RouteGroup([.init(operation: $0, route: nil, routeIndex: -1)], .post) }
        var actions = NameTable(capacity: catalogue.operations.count)
        for (index, operation) in catalogue.operations.enumerated() {
            actions.insert(operation.entry.dialect.number, names.actions[index], index)
        }
        self.actions = actions
    }

    /// Matches the path from `offset` on, where its first slash stands. Ranges in the result are offsets into `path`.
    public func match(_ method: Method, _ path: ByteView, from offset: Int = 0, dialect: Dialect) -> RouteResult {
        guard offset < path.count, path[offset] == UInt8(ascii: "/") else { return .notFound }
        if path.slice(offset..<path.count).hasPrefix("/rpc/") { return matchAction(method, path, offset + 5, dialect) }
        var variables = PathVariables()
        let wanted: Route.Method? =
            switch method {
            case .route(let method): method
            case .head: .get
            case .other: nil
            }
        if let wanted {
            let position = dialect.position(of: wanted)
            if let end = find(path, offset + 1, Self.root, &variables, 1, position), let group = ends[end].groups[position] {
                return .found(RouteMatch(group: group, isHead: method == .head, variables: variables))
            }
        }
        guard let end = find(path, offset + 1, Self.root, &variables, 1, nil) else { return .notFound }
        return refuse(end, wanted, dialect)
    }

    /// The child of `node` for any name, for hints.
    func variable(of node: Int) -> Int? { nodes[node].variable }

    private func refuse(_ end: Int, _ method: Route.Method?, _ dialect: Dialect) -> RouteResult {
        let methods = ends[end].methods(in: dialect)
        let isElsewhere = Dialect.allCases.contains { other in
            method.map { ends[end].groups[other.position(of: $0)] != nil } ?? false
        }
        return methods.isEmpty || isElsewhere ? .notInDialect : .methodNotAllowed(methods)
    }

    /// The end that the path from `start`, the first byte of a part, leads to below `node`: one with a group at `position`
    /// when that is given, so that a literal does not hide what a variable takes with another method.
    private func find(
        _ path: ByteView, _ start: Int, _ node: Int, _ variables: inout PathVariables, _ depth: Int, _ position: Int?
    ) -> Int? {
        let stop = path.firstOffset(of: UInt8(ascii: "/"), from: start) ?? path.count
        guard stop > start, depth <= Self.maximalParts else { return nil }
        let isLast = stop == path.count
        if let child = edges.find(node, path.slice(start..<stop)),
            let end = isLast ? self.end(of: child, position) : find(path, stop + 1, child, &variables, depth + 1, position)
        {
            return end
        }
        guard let child = nodes[node].variable else { return nil }
        variables.append(start..<stop)
        if let end = isLast ? self.end(of: child, position) : find(path, stop + 1, child, &variables, depth + 1, position) {
            return end
        }
        variables.removeLast()
        return nil
    }

    private func end(of node: Int, _ position: Int?) -> Int? {
        guard let position, let end = nodes[node].end else { return nodes[node].end }
        return ends[end].groups[position] == nil ? nil : end
    }

    private func matchAction(_ method: Method, _ path: ByteView, _ start: Int, _ dialect: Dialect) -> RouteResult {
        guard let slash = path.firstOffset(of: UInt8(ascii: "/"), from: start), slash > start, slash + 1 < path.count,
            path.firstOffset(of: UInt8(ascii: "/"), from: slash + 1) == nil
        else { return .notFound }
        guard method == .route(.post) else { return .methodNotAllowed(MethodSet(.post)) }
        let name = path.slice(start..<path.count)
        if let index = actions.find(dialect.number, name) {
            return .found(RouteMatch(group: actionGroups[index], isHead: false, variables: PathVariables()))
        }
        if Dialect.allCases.contains(where: { actions.find($0.number, name) != nil }) { return .notInDialect }
        return .uncatalogued(product: start..<slash, action: slash + 1..<path.count)
    }
}

extension Dialect {
    var number: Int { self == .publicCloud ? 0 : 1 }

    func position(of method: Route.Method) -> Int {
        number * Route.Method.allCases.count + method.position
    }
}
