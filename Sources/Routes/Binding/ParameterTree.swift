import Bytes

/// Finds the parameter that a name in a request means, by wire names and by REST names, one dotted part at a time.
struct ParameterTree: Sendable {
    struct Node: Sendable {
        /// Position of the parameter that a value here belongs to.
        var parameter: Int?
        /// The node of the elements, when the part is repeated.
        var element: Int?
        var hasMembers = false
        var parent = -1
        /// The part's name; nil for the root and for elements.
        var name: String?
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
        nodes.append(ParameterTree.Node(parent: node))
        nodes[node].element = nodes.count - 1
        return nodes.count - 1
    }

    /// The member `name`. Both spellings of a part share a node: the REST name of a part leads where its wire name does.
    private mutating func member(_ name: String, of node: Int) -> Int {
        nodes[node].hasMembers = true
        let rest = RESTName.from(segment: name[...])
        let found = edges[Edge(parent: node, name: name)] ?? edges[Edge(parent: node, name: rest)]
        let child = found ?? nodes.count
        if found == nil { nodes.append(ParameterTree.Node(parent: node, name: name)) }
        edges[Edge(parent: node, name: name)] = child
        edges[Edge(parent: node, name: rest)] = child
        return child
    }
}

extension ParameterTree {
    /// Whether a name at the top means anything.
    func knows(_ name: String) -> Bool {
        Array(name.utf8).withView { find($0) } != nil
    }

    /// The place of a node as REST names it, elements counted from 0: `networkInterface[1].securityGroupIds`.
    func text(of node: Int, _ first: Int, _ second: Int) -> String {
        var indices = [first, second].filter { $0 > 0 }[...]
        var output = ""
        for node in pathFromRoot(node) {
            if let name = nodes[node].name {
                output += (output.isEmpty ? "" : ".") + RESTName.from(segment: name[...])
            } else {
                output += indices.popFirst().map { "[\($0 - 1)]" } ?? ""
            }
        }
        return output
    }

    /// The nodes of the elements of the outer and inner list that the parameter lies in.
    func lists(above parameter: Int) -> (first: Int?, second: Int?) {
        guard let leaf = nodes.firstIndex(where: { $0.parameter == parameter }) else { return (nil, nil) }
        let elements = pathFromRoot(leaf).filter { nodes[$0].name == nil }
        return (elements.first, elements.count > 1 ? elements[1] : nil)
    }

    /// The parameters below a node.
    func parameters(below node: Int) -> [Int] {
        nodes.indices.filter { pathFromRoot($0).contains(node) }.compactMap { nodes[$0].parameter }.sorted()
    }

    /// The nodes from below the root down to `node`.
    private func pathFromRoot(_ node: Int) -> [Int] {
        var path: [Int] = []
        var node = node
        while node > Self.root {
            path.append(node)
            node = nodes[node].parent
        }
        return path.reversed()
    }
}
