import Bytes

/// One line of a batch, read.
struct BatchQuestion {
    let policies: [LoadedPolicy]
    let request: PolicyRequest

    /// Every fault of the first invalid policy.
    var firstFault: String? {
        for case .invalid(_, let faults) in policies { return faults.map(\.description).joined(separator: "; ") }
        return nil
    }

    init(_ line: ByteView) throws(QuestionFault) {
        let root: JSONNode
        do throws(JSONError) {
            root = try JSONNode(parsing: line, keepingDuplicates: true)
        } catch {
            throw QuestionFault(place: "", reason: "the line is not JSON: \(error)")
        }
        let top = try root.members("the line", known: nil)
        guard let list = top["policies"] else {
            throw QuestionFault(place: "policies", reason: "a list of policy documents is required")
        }
        policies = try Self.policies(list, line)
        guard let request = top["request"] else { throw QuestionFault(place: "request", reason: "an object is required") }
        let members = try request.members("request", known: ["action", "resources", "context"])
        self.request = try PolicyRequest(members, place: "request.")
    }

    /// The policies of a list, each a document or its text. `text` is what the list was parsed from.
    static func policies(_ list: JSONNode, _ text: ByteView) throws(QuestionFault) -> [LoadedPolicy] {
        guard case .array(let documents) = list.content else {
            throw QuestionFault(place: "policies", reason: "a list of policy documents is required")
        }
        return documents.enumerated().map { policy($0.element, name: "policies[\($0.offset)]", text) }
    }

    private static func policy(_ node: JSONNode, name: String, _ text: ByteView) -> LoadedPolicy {
        if case .string(let text) = node.content {
            return Array(text.utf8).withView { LoadedPolicy(parsing: $0, name: name) }
        }
        var parser = PolicyParser(text, file: name)
        let statements = parser.parse(node)
        let faults = parser.faults
        return faults.isEmpty
            ? .valid(PolicyDocument(name: name, statements: statements)) : .invalid(name: name, faults: faults)
    }
}
