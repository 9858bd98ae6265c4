import Bytes

/// JSON Schema of request bodies, and the parameters of queries.
struct RequestSchema {
    typealias Field = ParameterSchema

    /// A member that chooses the action among those of one route.
    struct Choice {
        let name: String
        let schema: JSONValue
        let isRequired: Bool
    }

    let fields: [Field]
    var choice: Choice?

    /// Whether a request without a body lacks something.
    var isRequired: Bool { fields.contains(where: \.isRequired) || choice?.isRequired == true }

    /// The body as an object. Unknown members are faults, and the schema says so.
    func body() -> JSONValue {
        Self.object(NameTree(fields.map { ($0.parameter.restName, $0) }), choice)
    }

    private static func object(_ node: NameTree<Field>, _ choice: Choice? = nil) -> JSONValue {
        var properties = node.children.map { JSONValue.Member($0.name, value($0)) }
        var required = node.children.filter(isRequired).map { JSONValue.string($0.name) }
        if let choice {
            properties.insert(.init(choice.name, choice.schema), at: 0)
            if choice.isRequired { required.insert(.string(choice.name), at: 0) }
        }
        var members: [JSONValue.Member] = [.init("type", "object"), .init("properties", .object(properties))]
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
