import Bytes

/// How a claim of a token becomes names of this gateway: the map's name for the value, or else the prefix and the value.
public struct ClaimRule: Hashable, Sendable {
    /// Names of members from the outside in; one for a claim at the top.
    public var path: [String]
    public var prefix: String
    public var map: [(value: String, name: String)]

    public init(path: [String], prefix: String = "", map: [(value: String, name: String)] = []) {
        self.path = path
        self.prefix = prefix
        self.map = map
    }

    /// The claim as messages write it.
    var label: String { path.joined(separator: ".") }

    /// The value that the rule is about; nil when the token has none.
    func find(in claims: [JSONNode.Member]) -> JSONNode? {
        var node: JSONNode?
        for (depth, name) in path.enumerated() {
            if depth == 0 {
                node = claims.value(name)
            } else if case .object(let members)? = node?.content {
                node = members.value(name)
            } else {
                return nil
            }
        }
        return node
    }

    /// The texts of a claim that is one string or a list of them; nil when it is anything else.
    static func texts(of node: JSONNode) -> [String]? {
        switch node.content {
        case .string(let text): return [text]
        case .array(let nodes):
            let texts = nodes.compactMap { if case .string(let text) = $0.content { text } else { nil } }
            return texts.count == nodes.count ? texts : nil
        default: return nil
        }
    }

    /// The name that `value` stands for.
    func name(of value: String) -> String {
        map.first { $0.value.isExactly(value) }?.name ?? prefix + value
    }

    public static func == (left: ClaimRule, right: ClaimRule) -> Bool {
        left.path == right.path && left.prefix == right.prefix && left.map.elementsEqual(right.map) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(path)
        hasher.combine(prefix)
    }
}
