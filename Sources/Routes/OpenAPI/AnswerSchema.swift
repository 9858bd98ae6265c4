import Bytes

/// JSON Schema of answers as callers get them: REST names, wrapped lists unwrapped, the collection as `items`.
struct AnswerSchema {
    typealias Member = ActionDocumentation.AnswerField

    private let tree: NameTree<Member>

    init(_ fields: [Member]) {
        tree = NameTree(fields.map { ($0.path, $0) })
    }

    /// Whether the answer holds more than the request's id.
    var isEmpty: Bool { tree.children.isEmpty }

    /// The whole answer as an object with `requestId`; the collection, if given, as `items` of `element`.
    func object(collection: String?, element: JSONValue?, isPaged: Bool) -> JSONValue {
        let outer = collection?.split(separator: ".").first.map(String.init)
        var properties: [JSONValue.Member] = []
        if let element {
            properties.append(.init("items", ["type": "array", "items": element]))
        }
        for child in tree.children where child.name != outer || element == nil {
            properties.append(.init(RESTName.from(wire: child.name), Self.value(child)))
        }
        if isPaged {
            properties.removeAll { $0.name == "nextToken" || $0.name == "nextPageToken" }
            properties.append(.init("nextPageToken", Self.nextPageToken))
        }
        properties.append(.init("requestId", ["description": "The cloud's id of the request.", "type": "string"]))
        var members: [JSONValue.Member] = [.init("type", "object"), .init("properties", .object(properties))]
        if element != nil { members.append(.init("required", ["items"])) }
        return .object(members)
    }

    /// One element of the collection `path` (`Disks.Disk`); nil when the answer documents no such list.
    func element(of path: String) -> JSONValue? {
        var node = tree
        for part in path.split(separator: ".") {
            guard let child = node.children.first(where: { $0.name == part }) else { return nil }
            node = child
        }
        return node.isList ? Self.element(node) : nil
    }

    private static let nextPageToken: JSONValue = [
        "description": "Give it as `pageToken` for the next page; absent on the last one.", "type": "string",
    ]

    private static func value(_ node: NameTree<Member>) -> JSONValue {
        if node.isList { return described(["type": "array", "items": element(node)], node) }
        if node.children.count == 1, let only = node.children.first, only.isList {
            return described(["type": "array", "items": element(only)], node.leaf?.note.isEmpty == false ? node : only)
        }
        return described(element(node), node)
    }

    private static func element(_ node: NameTree<Member>) -> JSONValue {
        guard node.children.isEmpty else {
            let properties = node.children.map { JSONValue.Member(RESTName.from(wire: $0.name), value($0)) }
            return ["type": "object", "properties": .object(properties)]
        }
        return switch node.leaf?.type {
        case "Integer": ["type": "integer", "format": "int32"]
        case "Long": ["type": "integer", "format": "int64"]
        case "Float": ["type": "number", "format": "double"]
        case "Boolean": ["type": "boolean"]
        case "Struct": ["type": "object"]
        default: ["type": "string"]
        }
    }

    private static func described(_ schema: JSONValue, _ node: NameTree<Member>) -> JSONValue {
        guard let note = node.leaf?.note, !note.isEmpty, case .object(let members) = schema else { return schema }
        return .object([.init("description", .string(note))] + members)
    }
}
