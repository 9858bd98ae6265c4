import Bytes

/// A small, sensible request over one route, made of the documented examples: what a person would try first.
struct ExampleRequest {
    let method: Route.Method
    /// With its variables filled in, percent-encoded.
    let path: String
    /// Names and values, not encoded.
    let query: [(name: String, value: String)]
    /// Nil when there is nothing to say.
    let body: JSONValue?

    init(_ plan: OperationPlan) {
        method = plan.route.method
        path = Self.path(of: plan)
        let sample = plan.documentation.sample
        let fields = plan.fields.filter { $0.isRequired || sample.contains($0.parameter.name) }
        guard plan.hasBody else {
            query =
                plan.route.conditions.map { ($0.name, $0.value) }
                + fields.flatMap { field in
                    field.exampleTexts.map { (field.queryName, $0) }
                }
            body = nil
            return
        }
        query = []
        var members = Self.members(NameTree(fields.map { ($0.parameter.restName, $0.example) }))
        for condition in plan.route.conditions {
            members.insert(.init(condition.name, condition.json), at: 0)
        }
        body = members.isEmpty ? nil : .object(members)
    }

    /// A command line for a shell in which `GATEWAY` and `TOKEN` are set.
    var curl: String {
        var text = "curl -H \"Authorization: Bearer $TOKEN\""
        if method != .get { text += " -X \(method.rawValue)" }
        if let body {
            var bytes: [UInt8] = []
            body.append(to: &bytes)
            let json = String(decoding: bytes, as: UTF8.self).replacing("'", with: "'\\''")
            text += " -H 'Content-Type: application/json' \\\n  -d '\(json)'"
        }
        return text + " \"$GATEWAY\(path)\(query.isEmpty ? "" : "?" + queryString)\""
    }

    /// ``query`` as it stands in a URL.
    var queryString: String {
        query.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
    }

    private static func path(of plan: OperationPlan) -> String {
        var values = plan.route.variables.map { plan.pathExample($0) ?? $0.name }[...]
        return plan.route.segments.map { segment in
            switch segment {
            case .literal(let text): "/" + text
            case .variable: "/" + encoded(values.popFirst() ?? "")
            }
        }.joined()
    }

    private static func members(_ node: NameTree<JSONValue>) -> [JSONValue.Member] {
        node.children.map { child in
            let value = child.leaf ?? .object(members(child))
            return .init(child.name, child.isList ? .array([value]) : value)
        }
    }

    private static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        Array(text.utf8).withView { bytes.append(percentEncoded: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Route.Condition {
    /// The value as it stands in a body: true and false are no strings.
    var json: JSONValue { value == "true" || value == "false" ? .bool(value == "true") : .string(value) }
}

extension OperationPlan {
    /// The example of what a path variable stands for, as text.
    func pathExample(_ variable: Route.Variable) -> String? {
        let field = field(variable.parameter)
        guard let member = variable.field else { return field.exampleTexts.first }
        guard case .string(let text)? = field.listExample?.first?[field.parameter.fields[member].restName] else { return nil }
        return text
    }
}

extension ParameterSchema {
    /// The documented example, else any value that is allowed.
    var example: JSONValue {
        if let list = listExample { return .array(list) }
        if let example = scalarExample { return example }
        if let value = parameter.allowedValues.first ?? parameter.defaultValue { return typed(value) }
        return switch parameter.type {
        case .string: .string(parameter.restName)
        case .boolean: true
        case .integer, .long, .float: .integer(parameter.minimum.flatMap { Int(exactly: $0) } ?? 1)
        }
    }

    /// The example as the texts of a query.
    var exampleTexts: [String] {
        if !parameter.fields.isEmpty { return [Self.text(example)] }
        return if case .array(let elements) = example { elements.map(Self.text) } else { [Self.text(example)] }
    }

    private static func text(_ value: JSONValue) -> String {
        if case .string(let text) = value { return text }
        var bytes: [UInt8] = []
        value.append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
