import Bytes

/// A question about policies: those of a principal, with groups of the asker's choosing, or policies that come with it.
///
/// `{"principal": name, "groups": [name, …]}` or `{"policies": [document or its text, …]}`, and `"action"`, `"resources"` and
/// `"context"` as in a batch.
public struct ExplainQuestion {
    public enum Subject {
        case principal(String, groups: [String])
        case policies([LoadedPolicy])
    }

    public let subject: Subject
    public let action: String
    public let resources: [String]
    /// The facts that are given; the asker adds what it knows.
    public var context: ContextMap

    private static let members: Set<String> = ["principal", "groups", "policies", "action", "resources", "context"]

    /// - Throws: why `text` asks nothing that can be answered.
    public init(_ text: ByteView, maxDepth: Int = 32) throws(QuestionFault) {
        let root: JSONNode
        do throws(JSONError) {
            root = try JSONNode(parsing: text, maxDepth: maxDepth, keepingDuplicates: true)
        } catch {
            throw QuestionFault(place: "", reason: "is no valid JSON: \(error)")
        }
        let top = try root.members("", known: Self.members)
        subject = try Self.subject(top, text)
        let request = try PolicyRequest(top, place: "")
        (action, resources, context) = (request.action, request.resources, request.context)
    }

    private static func subject(_ top: [String: JSONNode], _ text: ByteView) throws(QuestionFault) -> Subject {
        let groups = try names(top["groups"], "groups")
        switch (top["principal"]?.content, top["policies"]) {
        case (.string(let name)?, nil):
            guard Principal.isName(name) else {
                throw QuestionFault(place: "principal", reason: "is no name that a principal can have")
            }
            return .principal(name, groups: groups)
        case (nil, let list?):
            guard groups.isEmpty else { throw QuestionFault(place: "groups", reason: "belongs beside `principal`") }
            return .policies(try BatchQuestion.policies(list, text))
        case (nil, nil): throw QuestionFault(place: "principal", reason: "is required, or `policies`")
        case (_?, nil): throw QuestionFault(place: "principal", reason: "must be a string")
        case (_?, _?): throw QuestionFault(place: "policies", reason: "cannot stand beside `principal`")
        }
    }

    private static func names(_ node: JSONNode?, _ place: String) throws(QuestionFault) -> [String] {
        guard let node else { return [] }
        guard case .array(let elements) = node.content else { throw QuestionFault(place: place, reason: "must be a list") }
        var names: [String] = []
        for (index, element) in elements.enumerated() {
            guard case .string(let name) = element.content else {
                throw QuestionFault(place: "\(place)[\(index)]", reason: "must be a string")
            }
            names.append(name)
        }
        return names
    }
}
