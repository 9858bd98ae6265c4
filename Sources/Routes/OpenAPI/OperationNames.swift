/// Names of operations and schemas: made from action and route, each given once.
struct OperationNames {
    /// Generators of clients make file names of the names.
    private static let longest = 64

    private var taken: Set<String> = []

    /// A method name for a route: the action in camel case (`describeDisks`); further routes of an action by their path
    /// variables (`describeDisksByInstanceId`) or, where an earlier one has the same, by their last word. Names that another
    /// product took get the product in front.
    mutating func name(for entry: ActionEntry, route: Int) -> String {
        let base = RESTName.from(wire: entry.action)
        var candidates: [String] = []
        if route == 0 {
            candidates.append(base)
        } else {
            let variables = entry.routes[route].variables.map(\.name)
            let isNew = !entry.routes[..<route].contains { $0.variables.map(\.name) == variables }
            if isNew, !variables.isEmpty {
                candidates.append(base + "By" + variables.map(Self.capitalized).joined(separator: "And"))
            }
            candidates.append(base + Self.lastWord(of: entry.routes[route]))
        }
        candidates += candidates.map { entry.product + Self.capitalized($0) }
        candidates = candidates.filter { $0.utf8.count < Self.longest }
        let free = candidates.first { !taken.contains($0) } ?? "\(base)\(taken.count)"
        taken.insert(free)
        return free
    }

    /// `describeDisks` as the name of a type: `DescribeDisks`.
    static func capitalized(_ name: String) -> String {
        name.prefix(1).uppercased() + name.dropFirst()
    }

    /// What the resources at the end of a path are, one of them: `TcpListener` of `/load-balancers/{id}/tcp-listeners/{port}`.
    static func noun(of route: Route) -> String {
        let word = lastWord(of: route)
        return word.hasSuffix("s") ? String(word.dropLast()) : word
    }

    private static func lastWord(of route: Route) -> String {
        let word = route.segments.last { if case .literal = $0 { true } else { false } }
        guard case .literal(let text) = word else { return "" }
        return text.split(separator: "-").map { capitalized(String($0)) }.joined()
    }
}
