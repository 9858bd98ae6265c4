import Routes

/// The errors that one action can answer with: its documented ones first, then those common to all actions.
struct ErrorBook: Sendable {
    /// One row of the reference.
    struct Row: Hashable, Sendable {
        var status: Int
        var code: String
        var message: String

        init(_ status: Int, _ code: String, _ message: String) {
            self.status = status
            self.code = code
            self.message = message
        }
    }

    /// What is wrong with a parameter's value; decides which documented code fits best.
    enum ValueFault: Sendable {
        /// Not one of the allowed values.
        case notAllowed
        /// A number outside its range.
        case outOfRange
        /// A list with more elements than are allowed.
        case tooMany
        /// The text is not what it has to be: no number, too long, no address.
        case malformed

        /// Endings of documented codes that speak of this fault, best first.
        fileprivate var suffixes: [String] {
            switch self {
            case .notAllowed: [".ValueNotSupported", "", ".NotSupported", ".NotFound", ".Malformed"]
            case .outOfRange: [".ValueNotSupported", "", ".Malformed"]
            case .tooMany: [".Quota", ".ValueNotSupported", "", ".Malformed"]
            case .malformed: [".Malformed", "", ".ValueNotSupported", ".Base64FormatInvalid"]
            }
        }
    }

    let rows: [Row]
    /// What every action of the product can answer with.
    let common: [Row]
    /// Errors in whose place the action may document others, by their codes.
    private let spellings: [String: [CloudError]]

    init(rows: [Row], common: [Row] = ECS.commonErrors, spellings: [String: [CloudError]] = [:]) {
        self.rows = rows
        self.common = common
        self.spellings = spellings
    }

    /// The row that an error stands for, with the caller's values in its message, and whether the reference has it.
    func resolve(_ error: CloudError) -> (row: Row, isDocumented: Bool) {
        var (row, isDocumented) = find(error)
        for value in error.values {
            guard let open = row.message.firstIndex(of: "{"), let close = row.message[open...].firstIndex(of: "}") else { break }
            row.message.replaceSubrange(open...close, with: value.replacing("{", with: "("))
        }
        return (row, isDocumented)
    }

    private func find(_ error: CloudError) -> (row: Row, isDocumented: Bool) {
        for candidates in [rows, common] {
            let named = candidates.filter { $0.code == error.code }
            guard let about = error.about else {
                if let row = named.first(where: { !$0.message.isEmpty }) ?? named.first {
                    return (row.message.isEmpty ? filled(row) : row, true)
                }
                if let row = candidates.lazy.compactMap({ $0.filledTemplate(for: error.code) }).first { return (row, true) }
                continue
            }
            if let row = named.first(where: { $0.message.contains(about) }) { return (row, true) }
        }
        let known = Set((rows + common).map(\.code))
        if !known.contains(error.code), var other = spellings[error.code]?.first(where: { known.contains($0.code) }) {
            if other.about == nil { other.about = error.about }
            return resolve(other)
        }
        return fallback(error)
    }

    /// The error for a value that the documented limits of `parameter` refuse.
    func refusal(of parameter: String, _ fault: ValueFault) -> CloudError {
        let words = parameter.split(separator: ".").filter { $0 != "n" }.map(Self.capitalized)
        if fault == .tooMany {
            let word = words.first ?? ""
            let codes = [
                "Invalid\(word)Count", "\(word)LimitExceeded", "InvalidParameter.ToMany\(word)s", "SizeLimitExceeded.\(word)",
            ]
            if let code = codes.first(where: contains) { return CloudError(code) }
        }
        for name in [words.joined(), words.last ?? ""] {
            for suffix in fault.suffixes {
                let codes = [
                    "Invalid\(name)\(suffix)", "InvalidParameter.\(name)", "InvalidParam.\(name)", "IllegalParam.\(name)",
                    "Invalid.\(name)",
                ]
                if let code = codes.first(where: contains) { return CloudError(code) }
            }
        }
        if fault == .notAllowed, let word = words.last,
            let row = rows.first(where: { $0.code.hasPrefix("Invalid") && $0.code.hasSuffix("\(word).NotFound") })
        {
            return CloudError(row.code)
        }
        let name = words.last ?? ""
        // A code that names something else may still have a message that names the parameter.
        for message in ["\"\(name)\" is not valid.", "The \(name) is invalid."] {
            if let row = rows.first(where: { $0.message.contains(message) }) { return CloudError(row.code, about: message) }
        }
        // `Name` of a VPC may be `InvalidVpcName.Malformed`, and the references write `Discription` here and there.
        for ending in [name] + (name == "Description" ? ["Discription"] : []) {
            for suffix in fault.suffixes where !suffix.isEmpty && words.count == 1 {
                let found = rows.first { $0.code.hasPrefix("Invalid") && $0.code.hasSuffix(ending + suffix) }
                if let found { return CloudError(found.code) }
            }
        }
        // `DestinationCidrBlock` may be `InvalidCidrBlock.Malformed`.
        for suffix in fault.suffixes where !suffix.isEmpty {
            let found = rows.first { row in
                guard row.code.hasPrefix("Invalid"), row.code.hasSuffix(suffix) else { return false }
                let subject = row.code.dropFirst("Invalid".count).dropLast(suffix.count)
                return subject.count > 3 && subject.first?.isUppercase == true && name.hasSuffix(subject)
            }
            if let found { return CloudError(found.code) }
        }
        return commonRefusal(of: words.first ?? "", fault) ?? templated("Invalid", parameter) ?? .invalid(parameter)
    }

    /// The error for a value out of those that are common to all actions of the product.
    private func commonRefusal(of name: String, _ fault: ValueFault) -> CloudError? {
        let codes = fault == .tooMany ? ["TooMany\(name)"] : ["\(name)Malformed", "Invalid\(name).Malformed"]
        return codes.first { code in (rows + common).contains { $0.code == code } }.map { CloudError($0) }
    }

    /// The error for a required parameter that is absent.
    func absence(of parameter: String) -> CloudError {
        let name = Self.capitalized(parameter.split(separator: ".").first ?? "")
        // The references are not of one mind about the letter case of `TLSVersions`.
        let codes = ["MissingParameter.\(name)".lowercased(), "MissingParam.\(name)".lowercased()]
        if let row = rows.first(where: { codes.contains($0.code.lowercased()) }) { return CloudError(row.code) }
        if let row = rows.first(where: { $0.message.hasSuffix("parameter is not null.") }) { return CloudError(row.code) }
        let message = "\(parameter) that is mandatory"
        return rows.first { $0.message.contains(message) }.map { CloudError($0.code, about: message) }
            ?? templated("Missing", parameter) ?? .missing(parameter)
    }

    /// The error that a row such as `Missing%s`, which stands for one code a parameter, gives for `parameter`.
    private func templated(_ word: String, _ parameter: String) -> CloudError? {
        (rows + common).contains { $0.code == word + "%s" } ? CloudError(word + parameter) : nil
    }

    func contains(_ code: String) -> Bool {
        rows.contains { $0.code == code }
    }

    private func fallback(_ error: CloudError) -> (Row, Bool) {
        if let own = error.undocumented { return (Row(own.status, error.code, own.message), false) }
        let name = error.about ?? ""
        switch error.code {
        case "MissingParameter":
            let text = "The input parameter \"\(name)\" that is mandatory for processing this request is not supplied."
            return (Row(400, error.code, text), true)
        case "InvalidParameter" where name.contains(" "):
            return (Row(400, error.code, "The specified parameter is not valid: \(name)"), true)
        case "InvalidParameter":
            return (Row(400, error.code, "The specified parameter \"\(name)\" is not valid."), true)
        default:
            if let about = error.about {
                var found = resolve(CloudError(error.code))
                found.row.message = found.row.message.replacing("%s", with: about)
                return found
            }
            let status = error.code.hasSuffix(".NotFound") ? 404 : 400
            return (Row(status, error.code, "The specified operation is not valid."), false)
        }
    }

    /// A documented row whose message the reference does not give.
    private func filled(_ row: Row) -> Row {
        var row = row
        row.message =
            common.first { $0.code == row.code }?.message
            ?? "The specified operation is refused: \(row.code)."
        return row
    }

    private static func capitalized(_ word: some StringProtocol) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }
}

extension ErrorBook.Row {
    /// The row for one parameter, where code and message hold `%s` in place of its name; nil when `code` is not of that form.
    func filledTemplate(for code: String) -> ErrorBook.Row? {
        guard self.code.hasSuffix("%s"), code.hasPrefix(self.code.dropLast(2)), code.count > self.code.count - 2 else {
            return nil
        }
        return ErrorBook.Row(status, code, message.replacing("%s", with: code.dropFirst(self.code.count - 2)))
    }
}
