import Bytes

/// Making, changing and deleting security groups.
enum SecurityGroupActions {
    static let handlers: [String: ActionHandler] = [
        "CreateSecurityGroup": create,
        "ModifySecurityGroupAttribute": modify,
        "ModifySecurityGroupPolicy": modifyPolicy,
        "DeleteSecurityGroup": delete,
    ]

    private static let quotaPerRegion = 100

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        guard let vpcId = parameters.text("VpcId") else {
            throw CloudError("InvalidVpcId.NotFound", about: "must not empty")
        }
        guard let vpc = world.vpcs[vpcId], vpc.regionId == region else {
            throw CloudError("InvalidVpcId.NotFound", about: "VPC does not exist")
        }
        let tags = try TagParameters.tags(parameters)
        guard world.securityGroups.all.count(where: { $0.regionId == region }) < quotaPerRegion else {
            throw CloudError("QuotaExceed.SecurityGroup")
        }
        let id = world.identifiers.resource("sg")
        var group = SecurityGroup(id: id, regionId: region, vpcId: vpcId, creationTime: context.now)
        try set(&group, parameters)
        group.type = parameters.text("SecurityGroupType") ?? group.type
        group.resourceGroupId = parameters.text("ResourceGroupId") ?? ""
        if group.type == "enterprise" { group.innerAccessPolicy = .drop }
        world.securityGroups[id] = group
        world.tags.add(tags, to: .securitygroup, id)
        return ["SecurityGroupId": .string(id)]
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var group = try group(world, context)
        try set(&group, context.parameters)
        world.securityGroups[group.id] = group
        return .empty
    }

    /// Members of an enterprise group stay apart.
    @Sendable
    private static func modifyPolicy(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let group = try group(world, context)
        guard group.type == "normal" else { throw CloudError("InvalidPolicy.Malformed") }
        let policy: SecurityGroupRule.Policy =
            try context.required("InnerAccessPolicy").lowercased() == "drop" ? .drop : .accept
        world.securityGroups[group.id]?.innerAccessPolicy = policy
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let group = try group(world, context)
        guard world.members(of: group.id).isEmpty,
            !world.networkInterfaces.all.contains(where: { $0.securityGroupIds.contains(group.id) })
        else { throw CloudError("DependencyViolation", about: "still instance(s)") }
        guard world.groups(naming: group.id).isEmpty else {
            throw CloudError("DependencyViolation", about: "authorized in another one")
        }
        world.tags[.securitygroup, group.id] = []
        world.securityGroups[group.id] = nil
        return .empty
    }

    private static func set(_ group: inout SecurityGroup, _ parameters: CallParameters) throws(CloudError) {
        if let name = parameters.text("SecurityGroupName") {
            guard Naming.isResourceName(name) else { throw CloudError("InvalidSecurityGroupName.Malformed") }
            group.name = name
        }
        if let text = parameters.text("Description") {
            guard Naming.isDescription(text) else { throw CloudError("InvalidDescription.Malformed") }
            group.description = text
        }
    }

    private static func group(_ world: World, _ context: ActionContext) throws(CloudError) -> SecurityGroup {
        try world.securityGroup(try context.required("SecurityGroupId"), in: try context.requiredRegion())
    }
}
