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
            case .outOfRange, .tooMany: [".ValueNotSupported", "", ".Malformed"]
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
            let codes = ["Invalid\(word)Count", "\(word)LimitExceeded", "InvalidParameter.ToMany\(word)s"]
            if let code = codes.first(where: contains) { return CloudError(code) }
        }
        for name in [words.joined(), words.last ?? ""] {
            for suffix in fault.suffixes {
                let codes = [
                    "Invalid\(name)\(suffix)", "InvalidParameter.\(name)", "InvalidParam.\(name)", "Invalid.\(name)",
                ]
                if let code = codes.first(where: contains) { return CloudError(code) }
            }
        }
        if fault == .notAllowed, let word = words.last,
            let row = rows.first(where: { $0.code.hasPrefix("Invalid") && $0.code.hasSuffix("\(word).NotFound") })
        {
            return CloudError(row.code)
        }
        // A code that names something else may still have a message that names the parameter.
        let name = words.last ?? ""
        for message in ["\"\(name)\" is not valid.", "The \(name) is invalid."] {
            if let row = rows.first(where: { $0.message.contains(message) }) { return CloudError(row.code, about: message) }
        }
        return .invalid(parameter)
    }

    /// The error for a required parameter that is absent.
    func absence(of parameter: String) -> CloudError {
        let code = "MissingParameter.\(Self.capitalized(parameter.split(separator: ".").first ?? ""))"
        if contains(code) { return CloudError(code) }
        if let row = rows.first(where: { $0.message.hasSuffix("parameter is not null.") }) { return CloudError(row.code) }
        let message = "\(parameter) that is mandatory"
        return rows.first { $0.message.contains(message) }.map { CloudError($0.code, about: message) } ?? .missing(parameter)
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
        case "InvalidParameter":
            return (Row(400, error.code, "The specified parameter \"\(name)\" is not valid."), true)
        default:
            if error.about != nil { return resolve(CloudError(error.code)) }
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
