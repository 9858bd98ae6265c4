import Bytes

/// One line of a batch, read.
struct BatchQuestion {
    let policies: [LoadedPolicy]
    let action: String
    let resources: [String]
    let context: ContextMap

    /// Every fault of the first invalid policy.
    var firstFault: String? {
        for case .invalid(_, let faults) in policies { return faults.map(\.description).joined(separator: "; ") }
        return nil
    }

    init(_ line: ByteView) throws(BatchFault) {
        let root: JSONNode
        do throws(JSONError) {
            root = try JSONNode(parsing: line, keepingDuplicates: true)
        } catch {
            throw BatchFault(message: "the line is not JSON: \(error)")
        }
        let top = try root.members("the line", known: nil)
        guard let list = top["policies"], case .array(let documents) = list.content else {
            throw BatchFault(message: "policies: a list of policy documents is required")
        }
        policies = documents.enumerated().map { Self.policy($0.element, name: "policies[\($0.offset)]", line) }
        guard let request = top["request"] else { throw BatchFault(message: "request: an object is required") }
        let members = try request.members("request", known: ["action", "resources", "context"])
        guard let name = members["action"], case .string(let action) = name.content else {
            throw BatchFault(message: "request.action: a string is required")
        }
        self.action = action
        var context = ContextMap()
        try Self.read(members["context"], into: &context, resource: nil, path: "request.context")
        resources = try Self.resources(members["resources"], &context)
        self.context = context
    }

    private static func policy(_ node: JSONNode, name: String, _ line: ByteView) -> LoadedPolicy {
        if case .string(let text) = node.content {
            return Array(text.utf8).withView { LoadedPolicy(parsing: $0, name: name) }
        }
        var parser = PolicyParser(line, file: name)
        let statements = parser.parse(node)
        let faults = parser.faults
        return faults.isEmpty
            ? .valid(PolicyDocument(name: name, statements: statements)) : .invalid(name: name, faults: faults)
    }

    private static func resources(_ node: JSONNode?, _ context: inout ContextMap) throws(BatchFault) -> [String] {
        guard let node = node?.unlessNull else { return [] }
        guard case .array(let elements) = node.content else {
            throw BatchFault(message: "request.resources: a list is required")
        }
        var resources: [String] = []
        for (index, element) in elements.enumerated() {
            if case .string(let text) = element.content {
                resources.append(text)
                continue
            }
            let path = "request.resources[\(index)]"
            let members = try element.members(path, known: ["arn", "context"])
            guard let arn = members["arn"], case .string(let text) = arn.content else {
                throw BatchFault(message: "\(path).arn: a string is required")
            }
            resources.append(text)
            try read(members["context"], into: &context, resource: index, path: "\(path).context")
        }
        return resources
    }

    private static func read(
        _ node: JSONNode?, into context: inout ContextMap, resource: Int?, path: String
    ) throws(BatchFault) {
        guard let node = node?.unlessNull else { return }
        guard case .object(let members) = node.content else {
            throw BatchFault(message: "\(path): an object is required")
        }
        for member in members {
            let place = "\(path).\(member.name.abridged)"
            guard let value = value(member.node) else {
                throw BatchFault(message: "\(place): a string, truth value, number, null or list of these is required")
            }
            // A name that is no condition key is one that no policy can ask for.
            if ConditionKey(member.name) == nil { continue }
            guard context.set(member.name, to: value, resource: resource) else {
                throw BatchFault(message: "\(place): the key is given twice")
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
    fileprivate func members(_ place: String, known: Set<String>?) throws(BatchFault) -> [String: JSONNode] {
        guard case .object(let members) = content else { throw BatchFault(message: "\(place): an object is required") }
        var found: [String: JSONNode] = [:]
        for member in members {
            guard known?.contains(member.name) ?? true else {
                throw BatchFault(message: "\(place): the member `\(member.name.abridged)` is unknown")
            }
            guard found.updateValue(member.node, forKey: member.name) == nil else {
                throw BatchFault(message: "\(place): the member `\(member.name.abridged)` is given twice")
            }
        }
        return found
    }
}
