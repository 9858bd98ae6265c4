/// What to tell a caller about the value of one parameter.
struct FaultText {
    private let parameter: Parameter

    init(_ parameter: Parameter) {
        self.parameter = parameter
    }

    /// What kind of JSON value the parameter wants.
    var kind: String {
        switch parameter.type {
        case .integer, .long: "a whole number"
        case .float: "a number"
        case .boolean: "true or false"
        case .string:
            switch parameter.format {
            case .jsonArray, .commaList, .semicolonList: "a list"
            case .json: "an object or a list"
            default: "a string"
            }
        }
    }

    func reason(_ verdict: ValueRule.Verdict, _ value: String) -> String {
        switch verdict {
        case .fine: ""
        case .notInteger: "\(shown(value)) is no whole number"
        case .notNumber: "\(shown(value)) is no number"
        case .notBoolean: "\(shown(value)) is no truth value"
        case .outOfRange: "\(shown(value)) is out of range"
        case .notAllowed: "\(shown(value)) is not one of the allowed values" + nearest(value)
        case .tooShort where value.isEmpty: "must not be empty"
        case .tooShort where value.unicodeScalars.count == 1: "1 character is too few"
        case .tooShort: "\(value.unicodeScalars.count) characters are too few"
        case .tooLong: "\(value.unicodeScalars.count) characters are too many"
        case .malformed: "\(shown(value)) is \(missing)"
        }
    }

    /// What the parameter takes, in general or with a certain mistake in mind.
    func allowed(_ verdict: ValueRule.Verdict?) -> String? {
        switch verdict {
        case .tooShort, .tooLong: return lengths
        case .malformed: return example
        default:
            let values = parameter.type == .boolean ? "true, false" : parameter.allowedValues.joined(separator: ", ")
            return [values.isEmpty ? nil : values, range].compactMap { $0 }.joined(separator: ", or ").nonEmpty
        }
    }

    /// Input in backticks; never that of a secret.
    private func shown(_ value: String) -> String {
        parameter.isSecret ? "the value" : "`\(clipping: value)`"
    }

    private func nearest(_ value: String) -> String {
        parameter.isSecret ? "" : CatalogueReader.nearest(value, among: parameter.allowedValues)
    }

    private var range: String? {
        let natural = parameter.type == .integer ? (Double(Int32.min), Double(Int32.max)) : nil
        let least = parameter.minimum ?? natural?.0
        let greatest = parameter.maximum ?? natural?.1
        if parameter.allowedValues.isEmpty || parameter.minimum != nil || parameter.maximum != nil {
            if let least, let greatest { return "\(text(least)) to \(text(greatest))" }
            if let least { return "at least \(text(least))" }
            if let greatest { return "at most \(text(greatest))" }
        }
        return nil
    }

    private func text(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? String(number)
    }

    private var lengths: String {
        let least = parameter.minLength ?? 0
        return parameter.maxLength.map { "\(least) to \($0) characters" } ?? "at least \(least) characters"
    }

    private var missing: String {
        switch parameter.format {
        case .iso8601: "no time in UTC"
        case .base64: "no Base64 text"
        case .cidr: "no address block"
        case .ip: "no IP address"
        case .portRange: "no range of ports"
        case .json, .jsonArray, .commaList, .semicolonList, nil: "malformed"
        }
    }

    private var example: String? {
        switch parameter.format {
        case .iso8601: "like 2026-01-31T12:00:00Z"
        case .base64: "the standard alphabet with padding, without line breaks"
        case .cidr: "like 192.168.0.0/16 or 2001:db8::/32"
        case .ip: "like 192.168.0.1 or 2001:db8::1"
        case .portRange: "like 22/22 or 1/200, or -1/-1 for all"
        case .json, .jsonArray, .commaList, .semicolonList, nil: nil
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
