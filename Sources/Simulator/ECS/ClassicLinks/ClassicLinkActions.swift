import Bytes

/// Linking instances of the classic network to VPCs.
enum ClassicLinkActions {
    static let handlers: [String: ActionHandler] = [
        "AttachClassicLinkVpc": attach,
        "DetachClassicLinkVpc": detach,
        "DescribeClassicLinkInstances": list,
    ]

    @Sendable
    private static func attach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let (instance, vpc) = try ends(world, context)
        guard world.classicLinks.openVpcs.contains(vpc.id) else {
            throw CloudError("OperationDenied", about: "disabled attach classic link")
        }
        guard world.classicLinks[instance.id] == nil else { throw CloudError("Abs.InvalidInstanceId.MalFormed") }
        guard world.classicLinks.count(of: vpc.id) < ClassicLinks.limit else { throw CloudError("QuotaExceeded") }
        world.classicLinks[instance.id] = vpc.id
        return .empty
    }

    @Sendable
    private static func detach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let (instance, vpc) = try ends(world, context)
        guard world.classicLinks[instance.id] == vpc.id else { throw CloudError("OperationDenied") }
        world.classicLinks.remove(instance.id)
        return .empty
    }

    /// The instance and the VPC of a link, in one region.
    private static func ends(_ world: World, _ context: ActionContext) throws(CloudError) -> (Instance, Vpc) {
        let region = try context.requiredRegion()
        guard let instance = world.instances[try context.required("InstanceId")], instance.regionId == region else {
            throw CloudError("InvalidInstanceId.NotFound")
        }
        guard let vpc = world.vpcs[try context.required("VpcId")], vpc.regionId == region else {
            throw CloudError("InvalidVpcId.Malformed")
        }
        guard instance.isClassic else { throw CloudError("InvalidInstanceId.MalFormed") }
        guard instance.isSettled(at: context.now) else { throw CloudError("InvalidStatus.InstanceStatus") }
        return (instance, vpc)
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let ids = context.parameters.commaList("InstanceId")
        let vpcId = context.parameters.text("VpcId")
        guard ids != nil || vpcId != nil else { throw CloudError("InvalidParameter.InvalidInstanceIdAndVpcId") }
        for id in ids ?? [] where world.instances[id]?.regionId != region {
            throw CloudError("InvalidInstanceId.NotFound")
        }
        let current = world
        let found = world.classicLinks.all.filter { instanceId, linked in
            current.instances[instanceId]?.regionId == region && ids?.contains(instanceId) ?? true
                && (vpcId == nil || vpcId == linked)
        }
        let page = try Page(found, context)
        return .object(
            page.members("Links", "Link") { instanceId, vpcId in
                ["InstanceId": .string(instanceId), "VpcId": .string(vpcId)]
            })
    }
}
