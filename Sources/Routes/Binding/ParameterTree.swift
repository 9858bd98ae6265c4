import Bytes

/// Finds the parameter that a name in a request means, by wire names and by REST names, one dotted part at a time.
struct ParameterTree: Sendable {
    struct Node: Sendable {
        /// Position of the parameter that a value here belongs to.
        var parameter: Int?
        /// The node of the elements, when the part is repeated.
        var element: Int?
        var hasMembers = false
    }

    /// What a name means.
    enum Target: Equatable {
        case node(Int)
        case page(PageMember)
    }

    static let root = 0

    let nodes: [Node]
    private let edges: NameTable

    /// `region` is the parameter that `region` is short for.
    init(_ parameters: [Parameter], region: Int, isList: Bool) {
        var builder = Builder()
        for (position, parameter) in parameters.enumerated() {
            for name in [parameter.name] + parameter.aliases { builder.add(name, position) }
        }
        builder.addShortName("region", of: parameters[region])
        if isList { builder.addPages() }
        nodes = builder.nodes
        edges = NameTable(builder.edges.map { (parent: $0.key.parent, name: $0.key.name, value: $0.value) })
    }

    /// What `name` means below the node `parent`.
    func find(_ name: ByteView, below parent: Int = root) -> Target? {
        guard let value = edges.find(parent, name) else { return nil }
        if value >= 0 { return .node(value) }
        return PageMember(rawValue: -value).map(Target.page)
    }
}

/// The names that every list takes.
enum PageMember: Int {
    case size = 1
    case number, token, all
}

/// Collects nodes and edges; spellings of one name lead to one node.
private struct Builder {
    struct Edge: Hashable {
        let parent: Int
        let name: String
    }

    var nodes: [ParameterTree.Node] = [ParameterTree.Node(hasMembers: true)]
    var edges: [Edge: Int] = [:]

    mutating func add(_ name: String, _ position: Int) {
        var node = ParameterTree.root
        for part in name.split(separator: ".") {
            node = RESTName.isIndex(part) ? element(of: node) : member(String(part), of: node)
        }
        nodes[node].parameter = position
    }

    mutating func addShortName(_ name: String, of parameter: Parameter) {
        guard edges[Edge(parent: ParameterTree.root, name: name)] == nil,
            let node = edges[Edge(parent: ParameterTree.root, name: parameter.name)]
        else { return }
        edges[Edge(parent: ParameterTree.root, name: name)] = node
    }

    mutating func addPages() {
        let names: [(String, PageMember)] = [
            ("pageSize", .size), ("PageSize", .size), ("pageNumber", .number), ("PageNumber", .number),
            ("pageToken", .token), ("all", .all),
        ]
        for (name, member) in names { edges[Edge(parent: ParameterTree.root, name: name)] = -member.rawValue }
    }

    private mutating func element(of node: Int) -> Int {
        if let element = nodes[node].element { return element }
        nodes.append(ParameterTree.Node())
        nodes[node].element = nodes.count - 1
        return nodes.count - 1
    }

    /// The member `name`. Both spellings of a part share a node: the REST name of a part leads where its wire name does.
    private mutating func member(_ name: String, of node: Int) -> Int {
        nodes[node].hasMembers = true
        let rest = RESTName.from(segment: name[...])
        let found = edges[Edge(parent: node, name: name)] ?? edges[Edge(parent: node, name: rest)]
        let child = found ?? nodes.count
        if found == nil { nodes.append(ParameterTree.Node()) }
        edges[Edge(parent: node, name: name)] = child
        edges[Edge(parent: node, name: rest)] = child
        return child
    }
}
