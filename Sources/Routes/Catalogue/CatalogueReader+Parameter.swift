import Bytes

private enum ParameterKey: String, CatalogueKey {
    case name, type, required, `enum`, ignoreCase, `default`, min, max, minLength, maxLength, maxItems, pattern, format
    case secret, deprecated, alias, fields, example, note

    static let all = Array(allCases)
}

/// A parameter as read, before what only needs the whole of it was checked.
private struct ParameterDraft {
    var name = ""
    var type: Parameter.ValueType?
    var requirement = Parameter.Requirement.optional
    var isSecret = false
    var ignoresCase = false
    var isDeprecated = false
    var allowedValues: [String] = []
    var defaultValue: String?
    var minimum: Double?
    var maximum: Double?
    var minLength: Int?
    var maxLength: Int?
    var maxItems: Int?
    var pattern: String?
    var format: Parameter.Format?
    var aliases: [String] = []
    var fields: [Parameter] = []
}

extension CatalogueReader {
    /// Reads one parameter; nil when it cannot be used, with the reason noted.
    mutating func parameter() throws(JSONError) -> Parameter? {
        var draft = ParameterDraft()
        let extent = try members(of: "the parameter", ParameterKey.self) { reader, key throws(JSONError) in
            switch key {
            case .name: draft.name = try reader.text("the name of a parameter") ?? ""
            case .type: draft.type = try reader.choice("the type of a parameter", Parameter.ValueType.self)
            case .required: draft.requirement = try reader.requirement()
            case .enum: draft.allowedValues = try reader.scalars("an allowed value")
            case .ignoreCase: draft.ignoresCase = try reader.bool("`ignoreCase`") ?? false
            case .default: draft.defaultValue = try reader.scalar("the default of a parameter")
            case .min: draft.minimum = try reader.number("`min`")
            case .max: draft.maximum = try reader.number("`max`")
            case .minLength: draft.minLength = try reader.count("`minLength`")
            case .maxLength: draft.maxLength = try reader.count("`maxLength`")
            case .maxItems: draft.maxItems = try reader.count("`maxItems`")
            case .pattern: draft.pattern = try reader.text("`pattern`")
            case .format: draft.format = try reader.choice("the format of a parameter", Parameter.Format.self)
            case .secret: draft.isSecret = try reader.bool("`secret`") ?? false
            case .deprecated: draft.isDeprecated = try reader.bool("`deprecated`") ?? false
            case .alias: draft.aliases = try reader.strings("an alias")
            case .fields:
                try reader.elements(of: "`fields`") { reader throws(JSONError) in
                    if let field = try reader.parameter() { draft.fields.append(field) }
                }
            case .example, .note: try reader.skip()
            }
        }
        guard let extent else { return nil }
        return finish(draft, at: extent.lowerBound)
    }

    private mutating func requirement() throws(JSONError) -> Parameter.Requirement {
        switch try scalar("`required`") {
        case "true": return .required
        case "false": return .optional
        case "conditional": return .conditional
        case let other?: fault("`required` is `\(clipping: other)`; allowed: true, false, conditional")
        case nil: break
        }
        return .optional
    }

    private mutating func finish(_ draft: ParameterDraft, at offset: Int) -> Parameter? {
        guard !draft.name.isEmpty else {
            fault("the parameter has no name", at: offset)
            return nil
        }
        guard let type = draft.type else {
            fault("parameter `\(draft.name)` has no usable type", at: offset)
            return nil
        }
        guard Parameter.segments(of: draft.name) != nil else {
            fault("the name `\(clipping: draft.name)` has an empty part, begins with an index or has more than two", at: offset)
            return nil
        }
        if let fault = draft.limitFault(type) ?? draft.fieldFault {
            self.fault("parameter `\(draft.name)`: \(fault)", at: offset)
        }
        return Parameter(
            name: draft.name, type: type,
            requirement: draft.requirement, isSecret: draft.isSecret, isDeprecated: draft.isDeprecated,
            allowedValues: draft.allowedValues, ignoresCase: draft.ignoresCase, defaultValue: draft.defaultValue,
            minimum: draft.minimum, maximum: draft.maximum, minLength: draft.minLength, maxLength: draft.maxLength,
            maxItems: draft.maxItems, pattern: draft.pattern, format: draft.format, aliases: draft.aliases, fields: draft.fields
        )
    }
}

extension ParameterDraft {
    /// What about the limits contradicts itself or the type, if anything.
    fileprivate func limitFault(_ type: Parameter.ValueType) -> String? {
        if let minimum, let maximum, minimum > maximum { return "`min` is above `max`" }
        if let minLength, let maxLength, minLength > maxLength { return "`minLength` is above `maxLength`" }
        if type == .boolean, minimum != nil || maximum != nil { return "a Boolean has no `min` or `max`" }
        if type != .string, format != nil { return "only a String has a format" }
        if type != .float, [minimum, maximum].contains(where: { $0.map { abs($0) > 9e15 || $0 != $0.rounded() } ?? false }) {
            return "`min` and `max` must be whole numbers for this type"
        }
        if let defaultValue, !allowedValues.isEmpty, !isAllowed(defaultValue) {
            return "the default `\(defaultValue)` is not among the allowed values"
        }
        if let number = defaultValue.flatMap(Double.init), let minimum, number < minimum { return "the default is below `min`" }
        if let number = defaultValue.flatMap(Double.init), let maximum, number > maximum { return "the default is above `max`" }
        return nil
    }

    /// What about the members of the elements makes no sense, if anything.
    fileprivate var fieldFault: String? {
        guard !fields.isEmpty else { return nil }
        if format != .jsonArray, format != .json { return "only a JSON value has `fields`" }
        if fields.count > ElementFields.maximalCount { return "more than \(ElementFields.maximalCount) `fields`" }
        if let field = fields.first(where: { $0.segments.count > 1 || $0.isList || $0.format == .json }) {
            return "the field `\(field.name)` must be a single value"
        }
        var names: Set<String> = []
        if let field = fields.first(where: { !names.insert($0.restName).inserted }) {
            return "two fields have the name `\(field.restName)` in REST"
        }
        return nil
    }

    private func isAllowed(_ value: String) -> Bool {
        let parts = format?.elements(of: value) ?? [value]
        return parts.allSatisfy { part in
            allowedValues.contains { ignoresCase ? $0.lowercased() == part.lowercased() : $0 == part }
        }
    }
}

extension Parameter {
    /// The parts of a dotted wire name; nil when they make no sense.
    static func segments(of name: String) -> [Segment]? {
        guard name.utf8.contains(UInt8(ascii: ".")) else { return [.name(name)] }
        var name = name
        var segments: [Segment] = []
        var isSound = true
        name.withUTF8 { bytes in
            RESTName.forEachPart(of: bytes) { part in
                let segment = RESTName.isIndex(part) ? Segment.index : .name(part.text)
                if part.isEmpty || segment == .index && (segments.isEmpty || segments.last == .index) { isSound = false }
                segments.append(segment)
            }
        }
        return isSound && segments.count(where: { $0 == .index }) <= 2 ? segments : nil
    }
}
