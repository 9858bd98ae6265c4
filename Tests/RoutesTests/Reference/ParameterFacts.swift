import Routes

/// What can be compared of a parameter, in the words of the facts files.
struct ParameterFacts {
    let name: String
    /// By the words that lists of differences use: `type`, `required`, `enum`, …
    private(set) var facts: [String: String] = [:]

    /// The facts that are compared, in the order of a line.
    static let words = ["type", "required", "enum", "default", "min", "max", "max_length", "max_items", "format"]

    /// `RegionId: String, required, max_length 64`; nil when it is nothing of the kind.
    init?(_ line: String) {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        name = String(line[..<colon])
        let parts = line[line.index(after: colon)...].split(separator: ",").map { $0.drop { $0 == " " } }
        guard let type = parts.first else { return nil }
        facts["type"] = String(type)
        for part in parts.dropFirst() {
            let word = String(part.prefix { $0 != " " })
            switch word {
            case "required", "conditional": facts["required"] = word
            case _ where Self.words.contains(word): facts[word] = String(part.dropFirst(word.count + 1))
            default: return nil
            }
        }
    }

    /// The same of a parameter of the catalogue.
    init(_ parameter: Parameter) {
        name = parameter.name
        facts["type"] = parameter.type.rawValue
        facts["required"] =
            switch parameter.requirement {
            case .required: "required"
            case .conditional: "conditional"
            case .optional: nil
            }
        // That a Boolean is true or false goes without saying.
        if parameter.type != .boolean, !parameter.allowedValues.isEmpty {
            facts["enum"] = parameter.allowedValues.sorted {
                Array($0.unicodeScalars).lexicographicallyPrecedes($1.unicodeScalars)
            }
            .joined(separator: "|")
        }
        facts["default"] = parameter.defaultValue.map { parameter.type == .boolean ? $0.lowercased() : $0 }
        facts["min"] = parameter.minimum.map(Self.number)
        facts["max"] = parameter.maximum.map(Self.number)
        facts["max_length"] = parameter.maxLength.map(String.init)
        facts["max_items"] = parameter.maxItems.map(String.init)
        facts["format"] = parameter.format?.rawValue
    }

    subscript(word: String) -> String? { facts[word] }

    /// One spelling for the numbers in names: `Tag.n.Key`.
    static func key(_ name: String) -> String {
        name.split(separator: ".", omittingEmptySubsequences: false)
            .map { ["n", "m", "N", "M"].contains($0) ? "n" : $0 }.joined(separator: ".")
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? String(value)
    }
}
