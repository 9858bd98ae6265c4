import Bytes
import Routes

/// Holds the parameters of a call against what the catalogue documents for its action.
///
/// Written apart from the gateway's own binder, so that a fault of one is not repeated by the other.
struct ParameterCheck: Sendable {
    /// Parameters that clients send with every action, documented for it or not.
    private static let everywhere: Set<String> = [
        "RegionId", "OwnerId", "OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount",
    ]

    private let parameters: [Parameter]
    /// By name with `n` for each index: canonical names and aliases.
    private let byName: [String: Int]
    /// The errors of the action.
    let book: ErrorBook
    private let isStrict: Bool

    /// A check of `entry`; `isStrict` refuses parameters that the catalogue does not name.
    init(_ entry: ActionEntry, _ book: ErrorBook, isStrict: Bool) {
        parameters = entry.parameters
        self.book = book
        self.isStrict = isStrict
        var byName: [String: Int] = [:]
        for (index, parameter) in entry.parameters.enumerated() {
            for name in parameter.aliases + [parameter.name] { byName[Self.pattern(name)] = index }
        }
        self.byName = byName
    }

    /// The parameters of the action under their canonical names; throws the first fault.
    func checked(_ sent: CallParameters) throws(CloudError) -> CallParameters {
        var accepted = CallParameters()
        var numbered: [Int: [(number: Int, value: String)]] = [:]
        for (name, value) in sent.values.sorted(by: { $0.key < $1.key }) {
            guard let index = byName[Self.pattern(name)] else {
                if Self.everywhere.contains(name), !isStrict || name == "RegionId" {
                    accepted[name] = value
                } else if isStrict {
                    throw CloudError(
                        "UnsupportedParameter", status: 400, message: "The parameter \"\(name)\" is unsupported.")
                }
                continue
            }
            let parameter = parameters[index]
            if parameter.indexCount == 0, let number = name.split(separator: ".").lazy.compactMap({ Int($0) }).first {
                numbered[index, default: []].append((number, value))
                continue
            }
            if !value.isEmpty { try check(value, of: parameter, sentAs: name) }
            accepted[Self.canonical(name, parameter)] = value
        }
        for (index, values) in numbered { try gather(values, of: parameters[index], in: &accepted) }
        for parameter in parameters where parameter.requirement == .required {
            try checkPresence(of: parameter, in: accepted)
        }
        return accepted
    }

    /// Takes what came under a numbered alias of a parameter without numbers: as its JSON array, else the first value under
    /// its name and the others under its name and their number.
    private func gather(
        _ values: [(number: Int, value: String)], of parameter: Parameter, in accepted: inout CallParameters
    ) throws(CloudError) {
        let values = values.sorted { $0.number < $1.number }
        guard parameter.format != .jsonArray else {
            var array: [UInt8] = []
            JSONValue.array(values.map { .string($0.value) }).append(to: &array)
            let text = String(decoding: array, as: UTF8.self)
            try check(text, of: parameter, sentAs: parameter.name)
            accepted[parameter.name] = text
            return
        }
        for (index, entry) in values.enumerated() {
            if !entry.value.isEmpty { try check(entry.value, of: parameter, sentAs: parameter.name) }
            accepted[index == 0 ? parameter.name : "\(parameter.name).\(entry.number)"] = entry.value
        }
    }

    private func checkPresence(of parameter: Parameter, in accepted: CallParameters) throws(CloudError) {
        let parts = parameter.name.split(separator: ".").map(String.init)
        guard let firstIndex = parts.firstIndex(of: "n") else {
            guard accepted.text(parameter.name) != nil else { throw book.absence(of: parameter.name) }
            return
        }
        let stem = parts[..<firstIndex].joined(separator: ".")
        let rest = parts[(firstIndex + 1)...].joined(separator: ".")
        guard !rest.isEmpty else {
            guard !accepted.list(stem).isEmpty else { throw book.absence(of: parameter.name) }
            return
        }
        let structures = accepted.structures(stem)
        guard !structures.isEmpty else { throw book.absence(of: parameter.name) }
        // The value of a tag may be empty, but must be there.
        let isComplete = structures.allSatisfy {
            $0.text(rest) != nil || rest.contains(".n") || parameter.name == "Tag.n.Value" && $0[rest] != nil
        }
        guard !isComplete else { return }
        let mismatch = "Invalid\(stem).Mismatch"
        throw book.contains(mismatch) ? CloudError(mismatch) : book.absence(of: parameter.name)
    }

    private func check(_ value: String, of parameter: Parameter, sentAs name: String) throws(CloudError) {
        if let greatest = parameter.maxItems {
            let numbers = name.split(separator: ".").compactMap { Int($0) }
            guard numbers.allSatisfy({ $0 <= greatest }) else { throw book.refusal(of: parameter.name, .tooMany) }
        }
        let elements = try elements(value, of: parameter)
        if let greatest = parameter.maxItems, elements.count > greatest {
            throw book.refusal(of: parameter.name, .tooMany)
        }
        for element in elements where parameter.fields.isEmpty {
            if let fault = Self.fault(element, parameter) { throw book.refusal(of: parameter.name, fault) }
        }
    }

    /// The single values in `value`: the elements of a JSON array or comma list, else the value itself.
    private func elements(_ value: String, of parameter: Parameter) throws(CloudError) -> [String] {
        switch parameter.format {
        case .commaList: return value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        case .semicolonList: return value.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        case .json:
            var text = value
            guard let tree = try? text.withUTF8({ try JSONValue(parsing: $0) }) else {
                throw book.refusal(of: parameter.name, .malformed)
            }
            if !parameter.fields.isEmpty { try checkObject(tree, of: parameter) }
            return []
        case .jsonArray:
            var text = value
            guard case .array(let elements) = try? text.withUTF8({ try JSONValue(parsing: $0, maxDepth: 3) }) else {
                throw book.refusal(of: parameter.name, .malformed)
            }
            var texts: [String] = []
            for element in elements {
                switch element {
                case .object where !parameter.fields.isEmpty:
                    try checkObject(element, of: parameter)
                    texts.append("")
                case .string(let text) where parameter.fields.isEmpty: texts.append(text)
                case .number(let text) where parameter.fields.isEmpty: texts.append(text)
                default: throw book.refusal(of: parameter.name, .malformed)
                }
            }
            return texts
        default: return [value]
        }
    }

    /// Holds an object in a JSON value against the members that the catalogue names.
    private func checkObject(_ value: JSONValue, of parameter: Parameter) throws(CloudError) {
        guard case .object(let members) = value else { throw book.refusal(of: parameter.name, .malformed) }
        for member in members {
            guard let field = parameter.fields.first(where: { $0.name == member.name }), let text = Self.text(of: member.value)
            else { throw book.refusal(of: parameter.name, .malformed) }
            if let fault = Self.fault(text, field) { throw book.refusal(of: field.name, fault) }
        }
        for field in parameter.fields where field.requirement == .required {
            guard members.contains(where: { $0.name == field.name && Self.text(of: $0.value) != "" }) else {
                throw book.absence(of: field.name)
            }
        }
    }

    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text), .number(let text): text
        case .bool(let value): String(value)
        case .null, .array, .object: nil
        }
    }

    private static func fault(_ value: String, _ parameter: Parameter) -> ErrorBook.ValueFault? {
        if parameter.type != .string, value.hasPrefix("+") { return .malformed }
        var number: Double?
        // Either one of the words, or a number in the range.
        let isRange = parameter.minimum != nil || parameter.maximum != nil
        if parameter.type == .string, isRange, !parameter.allowedValues.isEmpty {
            if isNamed(value, parameter) { return nil }
            guard let parsed = Int64(value) else { return .malformed }
            return isInRange(Double(parsed), parameter) ? nil : .outOfRange
        }
        switch parameter.type {
        case .integer:
            guard let parsed = Int32(value) else { return .malformed }
            number = Double(parsed)
        case .long:
            guard let parsed = Int64(value) else { return .malformed }
            number = Double(parsed)
        case .float:
            guard let parsed = Double(value), parsed.isFinite else { return .malformed }
            number = parsed
        case .boolean:
            guard value == "true" || value == "false" else { return .malformed }
        case .string:
            if isRange {
                guard let parsed = Int64(value) else { return .malformed }
                number = Double(parsed)
            }
        }
        guard parameter.allowedValues.isEmpty || isNamed(value, parameter) else { return .notAllowed }
        if let number, !isInRange(number, parameter) { return .outOfRange }
        let length = value.unicodeScalars.count
        if let least = parameter.minLength, length < least { return .malformed }
        if let greatest = parameter.maxLength, length > greatest { return .malformed }
        return hasForm(value, parameter.format) ? nil : .malformed
    }

    private static func isNamed(_ value: String, _ parameter: Parameter) -> Bool {
        parameter.allowedValues.contains(value)
            || parameter.ignoresCase && parameter.allowedValues.contains { $0.lowercased() == value.lowercased() }
    }

    private static func isInRange(_ number: Double, _ parameter: Parameter) -> Bool {
        number >= parameter.minimum ?? -.infinity && number <= parameter.maximum ?? .infinity
    }

    private static func hasForm(_ value: String, _ format: Parameter.Format?) -> Bool {
        var text = value
        return switch format {
        case .iso8601: text.withUTF8 { Timestamp($0) != nil || $0.count == 14 && $0[13] == UInt8(ascii: "Z") }
        case .base64: text.withUTF8 { Base64.decode($0) != nil }
        case .ip: IPv4Address(value) != nil || value.contains(":")
        case .cidr: IPv4Network(value) != nil || value.contains(":")
        case .portRange: PortRange(value) != nil
        case .json, .jsonArray, .commaList, .semicolonList, nil: true
        }
    }

    /// `Tag.12.Key` becomes `Tag.n.Key`.
    private static func pattern(_ name: String) -> String {
        name.split(separator: ".", omittingEmptySubsequences: false)
            .map { isIndex($0) || $0 == "m" ? "n" : $0 }.joined(separator: ".")
    }

    /// The canonical name of what was sent as `name`, with the indices that were sent.
    private static func canonical(_ name: String, _ parameter: Parameter) -> String {
        var indices = name.split(separator: ".").filter(isIndex)[...]
        return parameter.name.split(separator: ".")
            .map { $0 == "n" || $0 == "m" ? indices.popFirst() ?? $0 : $0 }.joined(separator: ".")
    }

    /// A number from 1 without a leading zero.
    private static func isIndex(_ part: Substring) -> Bool {
        !part.isEmpty && part.count <= 4 && part.first != "0" && part.utf8.allSatisfy(\.isASCIIDigit)
    }
}
