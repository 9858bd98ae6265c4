import Bytes

/// JSON Schema of answers as callers get them: REST names, wrapped lists unwrapped, the collection as `items`.
struct AnswerSchema {
    typealias Member = ActionDocumentation.AnswerField

    private let tree: NameTree<Member>
    private let example: JSONValue?

    /// `example` is an answer in wire names; its values become examples of the members.
    init(_ fields: [Member], example: JSONValue? = nil) {
        let paths = Set(fields.map(\.path))
        tree = NameTree(parts: fields.map { (Self.parts(of: $0.path, among: paths), $0) })
        self.example = example
    }

    /// The parts of a path. Some answers have members whose names hold a full stop, such as `SystemDisk.Size`: what stands
    /// before it is documented nowhere, though what is around is.
    private static func parts(of path: String, among paths: Set<String>) -> [Substring] {
        let parts = path.split(separator: ".")
        guard parts.count > 2, !parts[parts.count - 2].hasSuffix("[]"),
            !paths.contains(parts.dropLast().joined(separator: ".")),
            paths.contains(parts.dropLast(2).joined(separator: "."))
        else { return parts }
        return parts.dropLast(2) + [Substring(parts.suffix(2).joined(separator: "."))]
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
        let children = pageMembers(around: collection) + tree.children
        let names = children.map(\.name) + ["RequestId"]
        for child in children where (child.name != outer || element == nil) && !RESTName.isHidden(child.name, by: names) {
            properties.append(.init(RESTName.inAnswers(child.name), Self.value(child, example?[child.name])))
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
        var example = example
        for part in path.split(separator: ".") {
            guard let child = node.children.first(where: { $0.name == part }) else { return nil }
            node = child
            example = example?[child.name]
        }
        return node.isList ? Self.element(node, example?.first) : nil
    }

    /// What tells of the page, where the answer has it beside the collection and not at the root.
    private func pageMembers(around collection: String?) -> [NameTree<Member>] {
        guard let parts = collection?.split(separator: "."), parts.count > 2 else { return [] }
        var node = tree
        var found: [NameTree<Member>] = []
        for part in parts {
            guard let child = node.children.first(where: { $0.name == part }) else { break }
            node = child
            found += node.children.filter { ["TotalCount", "PageNumber", "PageSize"].contains($0.name) && $0.children.isEmpty }
        }
        return found
    }

    private static let nextPageToken: JSONValue = [
        "description": "Give it as `pageToken` for the next page; absent on the last one.", "type": "string",
    ]

    private static func value(_ node: NameTree<Member>, _ example: JSONValue?) -> JSONValue {
        if node.isList { return described(["type": "array", "items": element(node, example?.first)], node) }
        if node.children.count == 1, let only = node.children.first, only.isList {
            let items = element(only, example?[only.name]?.first)
            return described(["type": "array", "items": items], node.leaf?.note.isEmpty == false ? node : only)
        }
        return described(element(node, example), node)
    }

    private static func element(_ node: NameTree<Member>, _ example: JSONValue?) -> JSONValue {
        guard node.children.isEmpty else {
            let properties = node.children.map {
                JSONValue.Member(RESTName.inAnswers($0.name), value($0, example?[$0.name]))
            }
            // Where one dialect has a list the schema says nothing of it.
            if node.leaf?.type.hasSuffix(" or list") == true { return ["properties": .object(properties)] }
            return ["type": "object", "properties": .object(properties)]
        }
        var members = type(node.leaf?.type)
        if let example, example.isTelling(of: node.leaf?.type) { members.append(.init("examples", [example])) }
        return .object(members)
    }

    private static func type(_ name: String?) -> [JSONValue.Member] {
        switch name {
        case "Integer": [.init("type", "integer"), .init("format", "int32")]
        case "Long": [.init("type", "integer"), .init("format", "int64")]
        case "Float": [.init("type", "number"), .init("format", "double")]
        case "Boolean": [.init("type", "boolean")]
        case "Struct": [.init("type", "object")]
        case "Boolean or String", "String or Boolean": [.init("type", ["boolean", "string"])]
        case "Integer or String", "String or Integer": [.init("type", ["integer", "string"])]
        default: [.init("type", "string")]
        }
    }

    private static func described(_ schema: JSONValue, _ node: NameTree<Member>) -> JSONValue {
        guard let note = node.leaf?.note, !note.isEmpty, case .object(let members) = schema else { return schema }
        return .object([.init("description", .string(note))] + members)
    }
}

extension JSONValue {
    fileprivate var first: JSONValue? { if case .array(let elements) = self { elements.first } else { nil } }

    /// Whether the value says something about others of a documented type. The documents' examples are not always of the type
    /// that their tables name.
    fileprivate func isTelling(of type: String?) -> Bool {
        switch (self, type) {
        case (.bool, "Boolean"), (.number, "Float"), (.number, "Long"): true
        case (.number(let text), "Integer"): Int32(text) != nil
        case (.string(let text), "String"), (.string(let text), nil): !text.isEmpty
        default: false
        }
    }
}
