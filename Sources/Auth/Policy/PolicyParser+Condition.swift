import Bytes

extension PolicyParser {
    /// The conditions of a block, one for each operator and key. `{}` is no condition.
    mutating func parseConditions(_ node: JSONNode, path: String) -> [PolicyCondition] {
        guard case .object(let operators) = node.content else {
            report(.dataType, node.offset, path, node.found, "an object of operators")
            return []
        }
        reportDuplicates(operators, path: path)
        var conditions: [PolicyCondition] = []
        for member in operators {
            let place = join(path, member.name)
            let test = conditionOperator(member, path: place)
            guard case .object(let keys) = member.node.content, !keys.isEmpty else {
                report(.dataType, member.node.offset, place, member.node.found, "an object of one key or more")
                continue
            }
            reportDuplicates(keys, path: place)
            for key in keys {
                if let condition = parseCondition(test, key, path: join(place, key.name)) { conditions.append(condition) }
            }
        }
        return conditions
    }

    private mutating func conditionOperator(_ member: JSONNode.Member, path: String) -> ConditionOperator? {
        // Compared by bytes: the raw value initialiser would take other normalisation forms.
        if let known = ConditionOperator.allCases.first(where: { $0.rawValue.isExactly(member.name) }) { return known }
        let names = ConditionOperator.allCases.map(\.rawValue)
        let hint = NearestName.find(member.name, among: names).map { "`\($0)` (nearest), or another of " } ?? ""
        report(
            .invalidOperator, member.offset, path, "`\(member.name.abridged)`", hint + names.joined(separator: ", "))
        return nil
    }

    /// Values are checked only under a known operator; without one their type alone is.
    private mutating func parseCondition(
        _ test: ConditionOperator?, _ member: JSONNode.Member, path: String
    ) -> PolicyCondition? {
        let key = ConditionKey(member.name)
        if key == nil {
            report(
                .invalidConditionKey, member.offset, path, "`\(member.name.abridged)`",
                "service and key name with a colon between them, as in `acs:SourceIp` or `acs:ResourceTag/team`")
        }
        guard let entries = strings(member.node, path: path), let test else { return nil }
        if test.family == .boolean, entries.count > 1 {
            report(.multipleBoolean, member.node.offset, path, "\(entries.count) values", "one value")
        }
        var values: [ConditionOperand] = []
        for entry in entries {
            if let value = ConditionOperand(entry.text, for: test.family) {
                values.append(value)
            } else {
                report(
                    .invalidValue, entry.offset, entry.path, "`\(entry.text.abridged)`", test.family.allowedOperands)
            }
        }
        guard let key else { return nil }
        return PolicyCondition(test: test, key: key, operands: values, spelling: member.name)
    }
}
