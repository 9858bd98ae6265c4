import Bytes

extension PolicyParser {
    /// One statement; nil when something essential is missing, which is a fault then.
    mutating func parseStatement(_ node: JSONNode, path: String) -> PolicyStatement? {
        guard case .object(let members) = node.content else {
            report(.dataType, node.offset, path, node.found, "an object with Effect, Action or NotAction, and Resource")
            return nil
        }
        let known = checkNames(
            members, path: path, allowed: ["Sid", "Effect", "Action", "NotAction", "Resource", "Condition"])
        let sid = known["Sid"].flatMap { parseSid($0.node, path: "\(path).Sid") }
        let effect = parseEffect(known["Effect"]?.node, of: node, path: path)
        let actions = parseActions(known["Action"], known["NotAction"], of: node, path: path)
        let resources = parseResources(known["Resource"]?.node, of: node, path: path)
        let conditions = known["Condition"].map { parseConditions($0.node, path: "\(path).Condition") } ?? []
        guard let effect, let actions, let resources else { return nil }
        return PolicyStatement(
            effect: effect, sid: sid, actions: actions.entries, isNotAction: actions.isNotAction, resources: resources,
            conditions: conditions, line: line(of: node))
    }

    private mutating func parseSid(_ node: JSONNode, path: String) -> String? {
        if case .string(let text) = node.content { return text }
        report(.dataType, node.offset, path, node.found, "a string")
        return nil
    }

    private mutating func parseEffect(_ node: JSONNode?, of statement: JSONNode, path: String) -> Effect? {
        let allowed = "\"Allow\" or \"Deny\""
        guard let node else {
            report(.invalidEffect, statement.offset, path, "no Effect", allowed)
            return nil
        }
        if case .string(let text) = node.content {
            for effect in [Effect.allow, .deny] where text.isExactly(effect.rawValue) { return effect }
        }
        report(.invalidEffect, node.offset, "\(path).Effect", node.found, allowed)
        return nil
    }

    private mutating func parseActions(
        _ action: JSONNode.Member?, _ notAction: JSONNode.Member?, of statement: JSONNode, path: String
    ) -> (entries: [String], isNotAction: Bool)? {
        guard let member = action ?? notAction else {
            report(.missingAction, statement.offset, path, "neither Action nor NotAction", "exactly one of them")
            return nil
        }
        if action != nil, let notAction {
            report(.missingAction, notAction.offset, path, "Action and NotAction", "exactly one of them")
        }
        let place = "\(path).\(member.name)"
        guard let entries = strings(member.node, path: place) else { return nil }
        for entry in entries where !Self.isAction(entry.text) {
            report(
                .invalidAction, entry.offset, entry.path, "`\(entry.text.abridged)`",
                "`*`, or service and action name with one colon between them, as in `ecs:Describe*`")
        }
        return (entries.map(\.text), action == nil)
    }

    private static func isAction(_ text: String) -> Bool {
        if text.isExactly("*") { return true }
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
    }

    private mutating func parseResources(_ node: JSONNode?, of statement: JSONNode, path: String) -> [String]? {
        guard let node else {
            report(.missingResource, statement.offset, path, "no Resource", "a resource or a list of resources")
            return nil
        }
        guard let entries = strings(node, path: "\(path).Resource") else { return nil }
        for entry in entries { checkResource(entry.text, at: entry.offset, path: entry.path) }
        return entries.map(\.text)
    }

    private mutating func checkResource(_ text: String, at offset: Int, path: String) {
        if text.isExactly("*") { return }
        let fields = text.utf8.split(
            separator: UInt8(ascii: ":"), maxSplits: 4, omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        let shape = "`*` or `acs:<service>:<region>:<account>:<resource>`"
        guard fields[0].isExactly("acs") else {
            report(.invalidARNPrefix, offset, path, "`\(text.abridged)`", "\(shape), with the literal prefix `acs`")
            return
        }
        guard fields.count < 5 else { return }
        var allowed = shape
        if fields.count == 4, fields[3].utf8.contains(UInt8(ascii: "/")) {
            // The form without a region that old guides print.
            allowed += " (is `acs:\(fields[1]):*:\(fields[2]):\(fields[3])` meant?)"
        }
        report(.missingARNField, offset, path, "`\(text.abridged)`, \(fields.count) fields of five", allowed)
    }
}
