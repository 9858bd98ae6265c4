import Bytes

/// Finds the parameter that a name in a request means, by wire names and by REST names, one dotted part at a time.
struct ParameterTree: Sendable {
    /// Plain numbers only: nodes are read on the way of every request, and copying one must cost nothing.
    struct Node: Sendable {
        /// Position of the parameter that a value here belongs to.
        var parameter: Int?
        /// The node of the elements, when the part is repeated.
        var element: Int?
        var hasMembers = false
        /// Whether this is such a node of elements.
        var isElement = false
        var parent = 0
    }

    /// What a name means.
    enum Target: Equatable {
        case node(Int)
        case page(PageMember)
    }

    static let root = 0

    private(set) var nodes = [Node(hasMembers: true)]
    /// The REST name of each node's part; empty for the root and for elements.
    private var names = [""]
    private var edges: NameTable

    /// `region` is the parameter that `region` is short for, if any. The answers of a list come in pages when `isPaged`; then the
    /// page members hide the parameters of the same names.
    init(_ parameters: [Parameter], region: Int?, isList: Bool, isPaged: Bool) {
        edges = NameTable(capacity: parameters.count * 3 + 8)
        if isPaged { addPageMembers() }
        for (position, parameter) in parameters.enumerated() {
            add(parameter.segments, position)
            for alias in parameter.aliases { add(Parameter.segments(of: alias) ?? [], position) }
        }
        if let region, let target = find(parameters[region].name), case .node(let node) = target {
            edges.insert(Self.root, "region", node)
        }
        if isList { addPageMembers() }
    }

    /// What `name` means below the node `parent`.
    func find(_ name: ByteView, below parent: Int = root) -> Target? {
        guard let value = edges.find(parent, name) else { return nil }
        if value >= 0 { return .node(value) }
        return PageMember(rawValue: -value).map(Target.page)
    }

    /// What a name at the top means.
    func find(_ name: String) -> Target? {
        var name = name
        return name.withUTF8 { find($0) }
    }

    private mutating func addPageMembers() {
        for member in PageMember.allCases {
            for name in member.names { edges.insert(Self.root, name, -member.rawValue) }
        }
    }

    private mutating func add(_ segments: [Parameter.Segment], _ position: Int) {
        var node = Self.root
        for segment in segments {
            switch segment {
            case .index: node = element(of: node)
            case .name(let name): node = member(name, of: node)
            }
        }
        if node != Self.root { nodes[node].parameter = position }
    }

    private mutating func element(of node: Int) -> Int {
        if let element = nodes[node].element { return element }
        nodes.append(Node(isElement: true, parent: node))
        names.append("")
        nodes[node].element = nodes.count - 1
        return nodes.count - 1
    }

    /// The member `name`, which both spellings of the part lead to.
    private mutating func member(_ name: String, of node: Int) -> Int {
        let rest = RESTName.from(part: name)
        var name = name
        if let value = name.withUTF8({ edges.find(node, $0) }), value >= 0 { return value }
        nodes[node].hasMembers = true
        nodes.append(Node(parent: node))
        names.append(rest)
        edges.insert(node, name, nodes.count - 1)
        if rest != name { edges.insert(node, rest, nodes.count - 1) }
        return nodes.count - 1
    }
}

/// The names that every list takes.
enum PageMember: Int, CaseIterable {
    case size = 1
    case number, token, all

    var name: String {
        switch self {
        case .size: "pageSize"
        case .number: "pageNumber"
        case .token: "pageToken"
        case .all: "all"
        }
    }

    /// Its spellings: also of the parameters PageSize and PageNumber, which the gateway sets for each page.
    var names: [String] {
        switch self {
        case .size: ["pageSize", "PageSize"]
        case .number: ["pageNumber", "PageNumber"]
        case .token: ["pageToken"]
        case .all: ["all"]
        }
    }
}

extension ParameterTree {
    /// The place of a node as REST names it, elements counted from 0: `networkInterface[1].securityGroupIds`.
    func text(of node: Int, _ first: Int, _ second: Int) -> String {
        var indices = [first, second].filter { $0 > 0 }[...]
        var output = ""
        for node in pathFromRoot(node) {
            if nodes[node].isElement {
                output += indices.popFirst().map { "[\($0 - 1)]" } ?? ""
            } else {
                output += (output.isEmpty ? "" : ".") + names[node]
            }
        }
        return output
    }

    /// The nodes of the elements of the outer and inner list that each of `count` parameters lies in.
    func lists(ofParameters count: Int) -> [(first: Int?, second: Int?)] {
        var lists = [(first: Int?, second: Int?)](repeating: (nil, nil), count: count)
        for (node, parameter) in nodes.enumerated().compactMap({ node, value in value.parameter.map { (node, $0) } }) {
            let elements = pathFromRoot(node).filter { nodes[$0].isElement }
            lists[parameter] = (elements.first, elements.count > 1 ? elements[1] : nil)
        }
        return lists
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
