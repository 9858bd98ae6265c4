import Bytes

/// Finding security groups, their rules, and the groups whose rules speak of them.
enum SecurityGroupListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeSecurityGroups": list,
        "DescribeSecurityGroupAttribute": describe,
        "DescribeSecurityGroupReferences": listReferences,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let tags = try TagParameters.filter(parameters)
        let current = world
        let found = world.securityGroups.newestFirst.filter {
            $0.regionId == region && matches($0, parameters) && current.tags.matches(tags, .securitygroup, $0.id)
        }
        let countsMembers = parameters.flag("IsQueryEcsCount") ?? false
        let page = try Page(found, context)
        let members = page.members("SecurityGroups", "SecurityGroup") {
            $0.rendered(current, countsMembers: countsMembers)
        }
        return .object(members + [.init("RegionId", .string(region))])
    }

    private static func matches(_ group: SecurityGroup, _ parameters: CallParameters) -> Bool {
        let texts: [(String, String)] = [
            ("VpcId", group.vpcId), ("SecurityGroupId", group.id), ("SecurityGroupName", group.name),
            ("SecurityGroupType", group.type), ("ResourceGroupId", group.resourceGroupId),
            ("NetworkType", group.vpcId.isEmpty ? "classic" : "vpc"),
        ]
        guard texts.allSatisfy({ name, value in parameters.text(name).map { $0 == value } ?? true }) else { return false }
        if let ids = parameters.jsonArray("SecurityGroupIds"), !ids.isEmpty, !ids.contains(group.id) { return false }
        // No group of the simulated cloud belongs to a service of the vendor.
        return parameters.flag("ServiceManaged") != true
    }

    /// Rules that one answer shows unless the call asks for fewer.
    private static let rulePageSize = 500

    @Sendable
    private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let group = try world.securityGroup(try context.required("SecurityGroupId"), in: try context.requiredRegion())
        let direction = parameters.text("Direction") ?? "all"
        // Groups of a VPC have rules of the intranet side only; a caller who does not choose sees them.
        let showsRules = parameters.text("NicType") != "internet"
        let rules = group.rules.filter {
            showsRules && (direction == "all" || direction == $0.match.direction.rawValue)
        }
        let page = try Page(rules, context, defaultSize: rulePageSize)
        let current = world
        let answer: JSONValue = [
            "SecurityGroupId": .string(group.id), "SecurityGroupName": .string(group.name),
            "RegionId": .string(group.regionId), "Description": .string(group.description),
            "VpcId": .string(group.vpcId), "InnerAccessPolicy": .string(group.innerAccessPolicy.rawValue),
            "Permissions": .list("Permission", page.items.map { $0.rendered(current) }),
            "NextToken": .string(page.nextToken ?? ""),
        ]
        return parameters.text("Attribute") == "snapshotPolicyIds"
            ? answer.with("SnapshotPolicyIds", .list("SnapshotPolicyId", [JSONValue]())) : answer
    }

    /// Tells only of groups that are spoken of.
    @Sendable
    private static func listReferences(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        var references: [JSONValue] = []
        for id in context.parameters.list("SecurityGroupId") {
            let others = world.groups(naming: try world.securityGroup(id, in: region).id)
            if others.isEmpty { continue }
            references.append([
                "SecurityGroupId": .string(id),
                "ReferencingSecurityGroups": .list(
                    "ReferencingSecurityGroup",
                    others.map {
                        ["SecurityGroupId": .string($0.id), "AliUid": .string(context.accountId)]
                    }),
            ])
        }
        return ["SecurityGroupReferences": .list("SecurityGroupReference", references)]
    }
}

extension SecurityGroup {
    /// An element of DescribeSecurityGroups.
    func rendered(_ world: World, countsMembers: Bool) -> JSONValue {
        let answer: JSONValue = [
            "SecurityGroupId": .string(id), "SecurityGroupName": .string(name), "Description": .string(description),
            "VpcId": .string(vpcId), "CreationTime": .string(creationTime.text), "SecurityGroupType": .string(type),
            "ResourceGroupId": .string(resourceGroupId), "ServiceManaged": false,
            "RuleCount": .integer(rules.count),
            "GroupToGroupRuleCount": .integer(rules.count { if case .group = $0.match.peer { true } else { false } }),
            "Tags": world.tags[.securitygroup, id].rendered,
        ]
        guard countsMembers else { return answer }
        let members = world.members(of: id).count
        return answer.with("EcsCount", .integer(members))
            .with("AvailableInstanceAmount", .integer(max(0, Self.instanceLimit - members)))
    }
}
