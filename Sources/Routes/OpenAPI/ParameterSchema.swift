import Bytes

/// JSON Schema (2020-12) of the values of one request parameter.
struct ParameterSchema {
    let parameter: Parameter
    let documentation: ParameterDocumentation
    /// Whether the action only reads.
    let isRead: Bool

    /// The schema of the value, or of one element when the parameter repeats.
    func value() -> JSONValue {
        guard parameter.format?.isList == true else { return scalar() }
        var members: [JSONValue.Member] = [.init("type", "array"), .init("items", element)]
        if let maxItems = parameter.maxItems { members.append(.init("maxItems", .integer(maxItems))) }
        if let example = listExample { members.append(.init("examples", [.array(example)])) }
        return .object(members)
    }

    /// The schema of one element of a list that is one value on the wire.
    private var element: JSONValue {
        if !parameter.fields.isEmpty { return RequestSchema(fields: fields).body() }
        var members: [JSONValue.Member] = [.init("type", "string")]
        if !values.isEmpty { members.append(.init("enum", .array(values))) }
        return .object(members)
    }

    /// The members of the objects in a JSON value, with what documents say about them.
    var fields: [ParameterSchema] {
        var documented: [JSONValue] = []
        if case .array(let elements) = documentation.fields { documented = elements }
        return parameter.fields.enumerated().map { index, field in
            let text = documented.indices.contains(index) ? documented[index]["note"] : nil
            var note = ""
            if case .string(let words) = text { note = words }
            return ParameterSchema(
                parameter: field, documentation: ParameterDocumentation(note: note, example: nil, fields: nil), isRead: isRead)
        }
    }

    /// What a reader should know: the note, and the default where ``defaultValue`` must not say it.
    var description: String {
        var text = documentation.note
        if isRegion { text += text.isEmpty ? "The account's region by default." : " Default: the account's region." }
        if let value = parameter.defaultValue, !value.isEmpty, defaultValue == nil, !text.contains("efault") {
            text += (text.isEmpty ? "" : " ") + "Default: \(value)."
        }
        if parameter.format == .json { text += " A JSON value, or its text." }
        if parameter.ignoresCase { text += " Letter case does not matter." }
        if parameter.type == .string, let range = parameter.rangeText, !text.contains(range) {
            text += (text.isEmpty ? "" : " ") + "As a number: \(range)."
        }
        return text
    }

    /// The name in a query: a list repeats it, and elements that are objects are numbered (`tag.1.key`).
    var queryName: String {
        RESTName.inQuery(parameter.restName)
    }

    /// The schema of a query parameter: a list for what may be repeated under one name.
    var querySchema: JSONValue {
        guard parameter.segments.last == .index else { return value() }
        var members: [JSONValue.Member] = [.init("type", "array"), .init("items", value())]
        if let maxItems = parameter.maxItems { members.append(.init("maxItems", .integer(maxItems))) }
        return .object(members)
    }

    /// ``description`` for a query parameter: says how to number further elements.
    var queryDescription: String {
        guard parameter.indexCount > 0, parameter.segments.last != .index else { return description }
        let further = "Further elements are numbered on: `\(queryName.replacing(".1", with: ".2"))`"
        return description + (description.isEmpty ? "" : " ") + further + (parameter.maxItems.map { ", up to \($0)." } ?? ".")
    }

    /// An example of one value, where the value is one of a list.
    var elementExample: JSONValue? { parameter.isList ? listExample?.first ?? documentation.example : documentation.example }

    /// Whether a request has to give it: as documented, but for the region, which has a default in the gateway.
    var isRequired: Bool { parameter.requirement == .required && !isRegion }

    var isRegion: Bool { Parameter.regionNames.contains(parameter.name) }

    private func scalar() -> JSONValue {
        if parameter.format == .json { return parameter.fields.isEmpty ? .object([]) : RequestSchema(fields: fields).body() }
        var members = typeMembers
        if !values.isEmpty, !isNumberInText { members.append(.init("enum", .array(values))) }
        if parameter.type != .string {
            if let minimum = parameter.minimum { members.append(.init("minimum", number(minimum))) }
            if let maximum = parameter.maximum { members.append(.init("maximum", number(maximum))) }
        }
        if let minLength = parameter.minLength { members.append(.init("minLength", .integer(minLength))) }
        if let maxLength = parameter.maxLength { members.append(.init("maxLength", .integer(maxLength))) }
        if let pattern = parameter.pattern ?? numberPattern { members.append(.init("pattern", .string(pattern))) }
        if let value = defaultValue { members.append(.init("default", value)) }
        if let example = scalarExample { members.append(.init("examples", [example])) }
        return .object(members)
    }

    /// Whether the value is a whole number in a string, or one of the documented words.
    private var isNumberInText: Bool { parameter.type == .string && parameter.rangeText != nil }

    private var numberPattern: String? {
        guard isNumberInText else { return nil }
        let words = parameter.allowedValues
        let arePlain = words.allSatisfy { $0.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") } }
        return arePlain ? "^(\((words + ["-?[0-9]+"]).joined(separator: "|")))$" : nil
    }

    private var typeMembers: [JSONValue.Member] {
        switch parameter.type {
        case .boolean: [.init("type", "boolean")]
        case .integer: [.init("type", "integer"), .init("format", "int32")]
        case .long: [.init("type", "integer"), .init("format", "int64")]
        case .float: [.init("type", "number"), .init("format", "double")]
        case .string where parameter.isSecret && parameter.format == .base64:
            [.init("type", "string"), .init("contentEncoding", "base64"), .init("writeOnly", true)]
        case .string where parameter.isSecret: [.init("type", "string"), .init("format", "password"), .init("writeOnly", true)]
        case .string where parameter.format == .base64: [.init("type", "string"), .init("contentEncoding", "base64")]
        case .string: [.init("type", "string")]
        }
    }

    private var values: [JSONValue] { parameter.allowedValues.map(typed) }

    /// The default, where a client that sends it changes nothing: in queries, and when it is `false`. Generated clients do send
    /// defaults, and the cloud refuses many of them beside values that they do not go with (`performanceLevel` of a disk of
    /// another category); so elsewhere it stands in the description.
    private var defaultValue: JSONValue? {
        guard let value = parameter.defaultValue, !value.isEmpty, isRead || value == "false" else { return nil }
        return typed(value)
    }

    var scalarExample: JSONValue? {
        guard let example = documentation.example else { return nil }
        if parameter.type == .string, case .number(let text) = example { return .string(text) }
        guard !parameter.allowedValues.isEmpty, case .string(let text) = example else { return example }
        return parameter.allowedValues.first { $0.lowercased() == text.lowercased() }.map(JSONValue.string) ?? example
    }

    var listExample: [JSONValue]? {
        guard case .string(let text) = documentation.example else { return nil }
        if let format = parameter.format, format.separator != nil { return format.elements(of: text).map(JSONValue.string) }
        let parsed = Array(text.utf8).withView { try? JSONValue(parsing: $0) }
        guard case .array(let elements) = parsed else { return nil }
        return parameter.fields.isEmpty ? elements : elements.map(renamed)
    }

    /// An object of the documented example under the names that REST has.
    private func renamed(_ element: JSONValue) -> JSONValue {
        guard case .object(let members) = element else { return element }
        return .object(
            members.map { member in
                .init(parameter.fields.first { $0.name == member.name }?.restName ?? member.name, member.value)
            })
    }

    func typed(_ text: String) -> JSONValue {
        switch parameter.type {
        case .string: .string(text)
        case .boolean: .bool(text == "true")
        case .integer, .long, .float: .number(text)
        }
    }

    private func number(_ value: Double) -> JSONValue {
        if let whole = Int(exactly: value) { .integer(whole) } else { .number("\(value)") }
    }
}
