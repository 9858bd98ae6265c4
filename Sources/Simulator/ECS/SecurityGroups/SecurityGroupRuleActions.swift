import Bytes

/// The rules of security groups: adding, changing and removing them, in and out.
enum SecurityGroupRuleActions {
    static let handlers: [String: ActionHandler] = [
        "AuthorizeSecurityGroup": { world, context throws(CloudError) in try authorize(.ingress, &world, context) },
        "AuthorizeSecurityGroupEgress": { world, context throws(CloudError) in try authorize(.egress, &world, context) },
        "ModifySecurityGroupRule": { world, context throws(CloudError) in try modify(.ingress, &world, context) },
        "ModifySecurityGroupEgressRule": { world, context throws(CloudError) in try modify(.egress, &world, context) },
        "RevokeSecurityGroup": { world, context throws(CloudError) in try revoke(.ingress, &world, context) },
        "RevokeSecurityGroupEgress": { world, context throws(CloudError) in try revoke(.egress, &world, context) },
    ]

    /// A rule that is there already is not added again; the private cloud refuses it.
    private static func authorize(
        _ direction: SecurityGroupRule.Direction, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> JSONValue {
        var group = try group(world, context)
        let reader = SecurityGroupRuleReader(direction: direction, group: group, world: world, context: context)
        for entry in try SecurityGroupRuleReader.entries(context.parameters) {
            let match = try reader.match(entry)
            let priority = try SecurityGroupRuleReader.priority(entry)
            let description = try SecurityGroupRuleReader.description(entry)
            guard !group.rules.contains(where: { $0.match == match }) else {
                guard context.isPrivateCloud else { continue }
                throw CloudError(
                    "InvalidSecurityGroupRule.AlreadyExist", status: 400,
                    message: "The specified security group rule exists already.")
            }
            let limit = context.isPrivateCloud ? SecurityGroup.privateRuleLimit : SecurityGroup.ruleLimit
            guard group.rules.count < limit else { throw CloudError("AuthorizationLimitExceed") }
            group.rules.append(
                SecurityGroupRule(
                    id: world.identifiers.resource("sgr"), match: match, priority: priority ?? 1,
                    description: description ?? "", creationTime: context.now))
        }
        world.securityGroups[group.id] = group
        return .empty
    }

    /// Changes priority and description of the rule with the values of the call, or anything of the rule with an id.
    private static func modify(
        _ direction: SecurityGroupRule.Direction, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> JSONValue {
        var group = try group(world, context)
        let reader = SecurityGroupRuleReader(direction: direction, group: group, world: world, context: context)
        let parameters = context.parameters
        let index: Int?
        var match: SecurityGroupRule.Match?
        if let id = parameters.text("SecurityGroupRuleId") {
            index = group.rules.firstIndex { $0.id == id && $0.match.direction == direction }
            if let index { match = try reader.match(try overlay(parameters, on: group.rules[index])) }
        } else {
            let wanted = try reader.match(parameters)
            index = group.rules.firstIndex { $0.match == wanted }
            match = wanted
        }
        guard let index, let match else { throw CloudError("SecurityGroupRule.NotFound") }
        guard !group.rules.indices.contains(where: { $0 != index && group.rules[$0].match == match }) else {
            throw .invalid("SecurityGroupRuleId")
        }
        group.rules[index].match = match
        if let priority = try SecurityGroupRuleReader.priority(parameters) { group.rules[index].priority = priority }
        if let text = try SecurityGroupRuleReader.description(parameters) { group.rules[index].description = text }
        world.securityGroups[group.id] = group
        return .empty
    }

    /// The values of a rule with those of the call in their place. Values cannot be emptied, nor the kind of the far end
    /// be changed.
    private static func overlay(
        _ parameters: CallParameters, on rule: SecurityGroupRule
    ) throws(CloudError) -> CallParameters {
        let word = rule.match.direction.peer
        let kinds: Set<String> = ["\(word)CidrIp", "Ipv6\(word)CidrIp", "\(word)GroupId", "\(word)PrefixListId"]
        var values = CallParameters()
        for field in rule.fields { values[field.name] = field.value }
        for (name, value) in parameters.values.sorted(by: { $0.key < $1.key }) {
            guard !value.isEmpty, !kinds.contains(name) || values.text(name) != nil else { throw .invalid(name) }
            values[name] = value
        }
        return values
    }

    /// Removes rules by their ids or by their values; values that no rule has are a fault in the private cloud only.
    private static func revoke(
        _ direction: SecurityGroupRule.Direction, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> JSONValue {
        var group = try group(world, context)
        let parameters = context.parameters
        let ids = parameters.list("SecurityGroupRuleId")
        guard ids.isEmpty else {
            guard parameters.text("IpProtocol") == nil, parameters.structures("Permissions").isEmpty else {
                throw .invalid("SecurityGroupRuleId")
            }
            for id in ids {
                guard let index = group.rules.firstIndex(where: { $0.id == id && $0.match.direction == direction }) else {
                    throw unknownRule(direction)
                }
                group.rules.remove(at: index)
            }
            world.securityGroups[group.id] = group
            return .empty
        }
        let reader = SecurityGroupRuleReader(direction: direction, group: group, world: world, context: context)
        for entry in try SecurityGroupRuleReader.entries(parameters) {
            let priority = try SecurityGroupRuleReader.priority(entry)
            for single in singles(entry, direction) {
                let match = try reader.match(single)
                let count = group.rules.count
                group.rules.removeAll { $0.match == match && (priority ?? $0.priority) == $0.priority }
                if context.isPrivateCloud, group.rules.count == count { throw missingRule }
            }
        }
        world.securityGroups[group.id] = group
        return .empty
    }

    /// The group of a rule to be removed may be a list of up to ten; one set of parameters for each.
    private static func singles(
        _ entry: CallParameters, _ direction: SecurityGroupRule.Direction
    ) -> [CallParameters] {
        let name = "\(direction.peer)GroupId"
        return (entry.commaList(name) ?? [""]).map { id in
            var single = entry
            single[name] = id
            return single
        }
    }

    private static func unknownRule(_ direction: SecurityGroupRule.Direction) -> CloudError {
        direction == .ingress
            ? CloudError(
                "InvalidParam.SecurityGroupRuleId", status: 400,
                message: "The specified parameter SecurityGroupRuleId is not valid.")
            : missingRule
    }

    private static let missingRule = CloudError(
        "InvalidSecurityGroupRule.RuleNotExist", status: 404, message: "The specified security group rule does not exist.")

    private static func group(_ world: World, _ context: ActionContext) throws(CloudError) -> SecurityGroup {
        try world.securityGroup(try context.required("SecurityGroupId"), in: try context.requiredRegion())
    }
}
