import Bytes

private enum FactKey: String, CatalogueKey {
    case key, value, otherwise, hiddenBy

    static let all = Array(allCases)
}

private enum TagRuleKey: String, CatalogueKey {
    case type, id, types

    static let all = Array(allCases)
}

/// A fact for conditions as read; variables are still names.
struct FactDraft {
    var offset = 0
    var key: String?
    var value: String?
    var otherwise: String?
    var hiddenBy: String?
}

/// A rule for tags as read; parameters are still names.
struct TagRuleDraft {
    var offset = 0
    var type: String?
    var id: String?
    var types: [String: String] = [:]
}

extension CatalogueReader {
    mutating func conditionFact() throws(JSONError) -> FactDraft? {
        var draft = FactDraft()
        let extent = try members(of: "the condition key", FactKey.self) { reader, key throws(JSONError) in
            switch key {
            case .key: draft.key = try reader.text("the name of a condition key")
            case .value: draft.value = try reader.text("`value`")
            case .otherwise: draft.otherwise = try reader.text("`otherwise`")
            case .hiddenBy: draft.hiddenBy = try reader.text("the name of a parameter")
            }
        }
        guard let extent else { return nil }
        draft.offset = extent.lowerBound
        return draft
    }

    mutating func tagRule() throws(JSONError) -> TagRuleDraft? {
        var draft = TagRuleDraft()
        let extent = try members(of: "`resourceTags`", TagRuleKey.self) { reader, key throws(JSONError) in
            switch key {
            case .type: draft.type = try reader.text("the name of a parameter")
            case .id: draft.id = try reader.text("the name of a parameter")
            case .types:
                // Each as it stands in ARNs, and after an equals sign as the action wants it where that is different.
                for pair in try reader.strings("a type of resources") {
                    let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                    draft.types[parts.first ?? ""] = parts.last
                }
            }
        }
        guard let extent else { return nil }
        draft.offset = extent.lowerBound
        return draft
    }

    mutating func resolve(_ draft: FactDraft, _ parameters: [Parameter]) -> ConditionFact? {
        guard let key = draft.key, key.contains(":"), let value = draft.value else {
            fault("the condition key needs `key`, such as `vpc:Vpc`, and `value`", at: draft.offset)
            return nil
        }
        guard let parts = factParts(value, parameters, draft.offset) else { return nil }
        let hiddenBy = draft.hiddenBy.flatMap { position(of: $0, in: parameters, draft.offset) }
        let otherwise = draft.otherwise.flatMap { factParts($0, parameters, draft.offset) }
        return ConditionFact(key: key, parts: parts, otherwise: otherwise, hiddenBy: hiddenBy)
    }

    mutating func resolve(_ draft: TagRuleDraft, _ parameters: [Parameter]) -> ResourceTagRule? {
        guard let type = draft.type.flatMap({ position(of: $0, in: parameters, draft.offset) }),
            let id = draft.id.flatMap({ position(of: $0, in: parameters, draft.offset) }), !draft.types.isEmpty
        else {
            fault("`resourceTags` needs `type`, `id` and `types`", at: draft.offset)
            return nil
        }
        return ResourceTagRule(type: type, id: id, types: draft.types)
    }

    private mutating func position(of name: String, in parameters: [Parameter], _ offset: Int) -> Int? {
        if let position = parameters.firstIndex(where: { $0.name == name }) { return position }
        fault("there is no parameter `\(clipping: name)`" + Self.nearest(name, among: parameters.map(\.name)), at: offset)
        return nil
    }

    private mutating func factParts(
        _ text: String, _ parameters: [Parameter], _ offset: Int
    ) -> [ResourceTemplate.Part]? {
        do {
            return try ResourceTemplate.parts(of: text, parameters)
        } catch {
            fault("the value `\(clipping: text)` \(error.message)", at: offset)
            return nil
        }
    }
}
