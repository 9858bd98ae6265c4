import Bytes

/// JSON Schema of request bodies, and the parameters of queries.
struct RequestSchema {
    typealias Field = ParameterSchema

    let fields: [Field]
    /// A member that chooses the action among those of one route; it comes first.
    var condition: (name: String, value: JSONValue, isRequired: Bool)?

    /// Whether a request without a body lacks something.
    var isRequired: Bool { fields.contains(where: \.isRequired) || condition?.isRequired == true }

    /// The body as an object. Unknown members are faults, and the schema says so.
    func body() -> JSONValue {
        let tree = NameTree(fields.map { ($0.parameter.restName, $0) })
        guard case .object(var members) = Self.object(tree) else { return [:] }
        if let condition { add(condition, to: &members) }
        return .object(members)
    }

    private func add(_ condition: (name: String, value: JSONValue, isRequired: Bool), to members: inout [JSONValue.Member]) {
        let choice: JSONValue = ["description": "Chooses the action.", "type": "boolean", "const": condition.value]
        for index in members.indices {
            if members[index].name == "properties", case .object(let properties) = members[index].value {
                members[index].value = .object([.init(condition.name, choice)] + properties)
            }
            if condition.isRequired, members[index].name == "required", case .array(let names) = members[index].value {
                members[index].value = .array([.string(condition.name)] + names)
            }
        }
        if condition.isRequired, !members.contains(where: { $0.name == "required" }) {
            members.append(.init("required", [.string(condition.name)]))
        }
    }

    private static func object(_ node: NameTree<Field>) -> JSONValue {
        var members: [JSONValue.Member] = [.init("type", "object")]
        members.append(.init("properties", .object(node.children.map { .init($0.name, value($0)) })))
        let required = node.children.filter(isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        members.append(.init("additionalProperties", false))
        return .object(members)
    }

    private static func value(_ node: NameTree<Field>) -> JSONValue {
        guard let field = node.leaf else {
            return node.isList ? list(of: object(node), maxItems: maxItems(node), required: isRequired(node)) : object(node)
        }
        guard node.isList else { return field.value().described(field) }
        return list(of: field.value(), maxItems: field.parameter.maxItems, required: field.isRequired).described(field)
    }

    private static func list(of element: JSONValue, maxItems: Int?, required: Bool) -> JSONValue {
        var members: [JSONValue.Member] = [.init("type", "array"), .init("items", element)]
        if required { members.append(.init("minItems", 1)) }
        if let maxItems { members.append(.init("maxItems", .integer(maxItems))) }
        return .object(members)
    }

    private static func isRequired(_ node: NameTree<Field>) -> Bool {
        node.leaf?.isRequired ?? node.children.contains(where: isRequired)
    }

    /// The limit of a list of objects: that of its members whose last index is this list's.
    private static func maxItems(_ node: NameTree<Field>) -> Int? {
        node.children.filter { !$0.isList }.compactMap { $0.leaf?.parameter.maxItems }.max()
    }
}

extension JSONValue {
    /// The schema with what `field` says in words, first.
    fileprivate func described(_ field: ParameterSchema) -> JSONValue {
        guard case .object(let members) = self else { return self }
        var all = members
        if field.parameter.isDeprecated { all.append(.init("deprecated", true)) }
        let text = field.description
        return .object(text.isEmpty ? all : [.init("description", .string(text))] + all)
    }
}
