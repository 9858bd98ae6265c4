import Bytes

/// What only readers of documents, and the reshaping of answers, need of an action.
public struct ActionDocumentation: Sendable {
    /// Notes and examples, in the order of ``ActionEntry/parameters``.
    public let parameters: [ParameterDocumentation]
    public let answer: [AnswerField]
    /// An answer of the cloud, in wire names.
    public let example: JSONValue?
    public let errors: [DocumentedError]
    /// Sentences about behaviour, as documented.
    public let rules: [String]
    /// Wire names of the parameters that a small, sensible request has besides the required ones.
    public let sample: [String]

    /// One place in the cloud's answer.
    public struct AnswerField: Hashable, Sendable {
        /// JSON path from the root, `[]` after a list: `Disks.Disk[].DiskId`.
        public let path: String
        public let type: String
        public let note: String
    }

    public struct DocumentedError: Hashable, Sendable {
        public let status: Int
        public let code: String
        public let message: String
    }
}

/// What documents say about one parameter.
public struct ParameterDocumentation: Sendable {
    /// Empty when there is none.
    public let note: String
    public let example: JSONValue?
    /// The members of a JSON value that the parameter holds, as written in the catalogue.
    public let fields: JSONValue?
}

extension Catalogue {
    /// Reads the documentation of an entry of this catalogue from its file. Malformed rows are left out; see
    /// ``documentationFaults()``.
    public func documentation(of entry: ActionEntry) -> ActionDocumentation {
        sources[entry.file].withView { view in
            let value = (try? JSONValue(parsing: view.slice(entry.extent))) ?? .null
            return ActionDocumentation(value)
        }
    }

    /// The answer of an entry, without the rest of its documentation.
    public func answer(of entry: ActionEntry) -> [ActionDocumentation.AnswerField] {
        documentation(of: entry).answer
    }

    /// What is malformed in the parts that loading does not read: one message each, with the action's name.
    public func documentationFaults() -> [String] {
        operations.flatMap { operation in
            sources[operation.entry.file].withView { view in
                let value = (try? JSONValue(parsing: view.slice(operation.entry.extent))) ?? .null
                return ActionDocumentation.faults(of: value).map { "\(operation.entry.action): \($0)" }
            }
        }
    }
}

extension ActionDocumentation {
    init(_ action: JSONValue) {
        parameters = action["parameters"].elements.map {
            ParameterDocumentation(note: $0["note"]?.string ?? "", example: $0["example"], fields: $0["fields"])
        }
        answer = action["response"].elements.compactMap(AnswerField.init)
        example = action["example"]
        errors = action["errors"].elements.compactMap(DocumentedError.init)
        rules = action["rules"].elements.compactMap(\.string)
        sample = action["sample"].elements.compactMap(\.string)
    }

    static func faults(of action: JSONValue) -> [String] {
        let rows = action["response"].elements.count { AnswerField($0) == nil }
        let errors = action["errors"].elements.count { DocumentedError($0) == nil }
        let rules = action["rules"].elements.count { $0.string == nil }
        let names = action["parameters"].elements.map { $0["name"] }
        let strangers = action["sample"].elements.filter { !names.contains($0) }
        return [
            rows > 0 ? "\(rows) rows of `response` are not [path, type, note]" : nil,
            errors > 0 ? "\(errors) rows of `errors` are not [status, code, message]" : nil,
            rules > 0 ? "\(rules) `rules` are not strings" : nil,
            strangers.isEmpty ? nil : "`sample` names \(strangers.count) unknown parameters",
        ].compactMap { $0 }
    }
}

extension ActionDocumentation.AnswerField {
    /// A row `[path, type]` or `[path, type, note]`.
    fileprivate init?(_ row: JSONValue) {
        let cells = row.elements.map(\.string)
        guard cells.count == 2 || cells.count == 3, let path = cells[0], let type = cells[1] else { return nil }
        self.init(path: path, type: type, note: cells.count == 3 ? cells[2] ?? "" : "")
    }
}

extension ActionDocumentation.DocumentedError {
    /// A row `[status, code, message]`.
    fileprivate init?(_ row: JSONValue) {
        let cells = row.elements
        guard cells.count == 3, case .number(let text) = cells[0], let status = Int(text), let code = cells[1].string else {
            return nil
        }
        self.init(status: status, code: code, message: cells[2].string ?? "")
    }
}

extension JSONValue {
    fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
    fileprivate var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
}

extension JSONValue? {
    fileprivate var elements: [JSONValue] { self?.elements ?? [] }
}
