import Bytes

/// A request as a question about policies states it: `"action"`, `"resources"` and `"context"`.
struct PolicyRequest {
    let action: String
    let resources: [String]
    let context: ContextMap

    /// Reads it from members of an object, which `place` stands in front of in messages.
    init(_ members: [String: JSONNode], place: String) throws(QuestionFault) {
        guard let name = members["action"], case .string(let action) = name.content else {
            throw QuestionFault(place: "\(place)action", reason: "a string is required")
        }
        self.action = action
        var context = ContextMap()
        try Self.read(members["context"], into: &context, resource: nil, path: "\(place)context")
        resources = try Self.resources(members["resources"], &context, "\(place)resources")
        self.context = context
    }

    private static func resources(
        _ node: JSONNode?, _ context: inout ContextMap, _ place: String
    ) throws(QuestionFault) -> [String] {
        guard let node = node?.unlessNull else { return [] }
        guard case .array(let elements) = node.content else { throw QuestionFault(place: place, reason: "a list is required") }
        var resources: [String] = []
        for (index, element) in elements.enumerated() {
            if case .string(let text) = element.content {
                resources.append(text)
                continue
            }
            let path = "\(place)[\(index)]"
            let members = try element.members(path, known: ["arn", "context"])
            guard let arn = members["arn"], case .string(let text) = arn.content else {
                throw QuestionFault(place: "\(path).arn", reason: "a string is required")
            }
            resources.append(text)
            try read(members["context"], into: &context, resource: index, path: "\(path).context")
        }
        return resources
    }

    private static func read(
        _ node: JSONNode?, into context: inout ContextMap, resource: Int?, path: String
    ) throws(QuestionFault) {
        guard let node = node?.unlessNull else { return }
        guard case .object(let members) = node.content else {
            throw QuestionFault(place: path, reason: "an object is required")
        }
        for member in members {
            let place = "\(path).\(member.name.abridged)"
            guard let value = value(member.node) else {
                throw QuestionFault(place: place, reason: "a string, truth value, number, null or list of these is required")
            }
            // A name that is no condition key is one that no policy can ask for.
            if ConditionKey(member.name) == nil { continue }
            guard context.set(member.name, to: value, resource: resource) else {
                throw QuestionFault(place: place, reason: "the key is given twice")
            }
        }
    }

    private static func value(_ node: JSONNode) -> ContextValue? {
        switch node.content {
        case .null: return .missing
        case .bool(let value): return .boolean(value)
        case .number(let text), .string(let text): return .bytes(Array(text.utf8))
        case .object: return nil
        case .array(let nodes):
            var values: [ContextValue] = []
            for node in nodes {
                if case .array = node.content { return nil }
                guard let value = value(node) else { return nil }
                if case .missing = value { continue }
                values.append(value)
            }
            return .list(values)
        }
    }
}

extension JSONNode {
    /// The node, or nil when it is null, which says as much as an absent member.
    fileprivate var unlessNull: JSONNode? {
        if case .null = content { nil } else { self }
    }

    /// The members of an object by name, none twice, and none unknown unless `known` is nil.
    func members(_ place: String, known: Set<String>?) throws(QuestionFault) -> [String: JSONNode] {
        guard case .object(let members) = content else { throw QuestionFault(place: place, reason: "an object is required") }
        var found: [String: JSONNode] = [:]
        for member in members {
            guard known?.contains(member.name) ?? true else {
                throw QuestionFault(place: place, reason: "the member `\(member.name.abridged)` is unknown")
            }
            guard found.updateValue(member.node, forKey: member.name) == nil else {
                throw QuestionFault(place: place, reason: "the member `\(member.name.abridged)` is given twice")
            }
        }
        return found
    }
}
