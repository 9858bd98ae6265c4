import Bytes

/// Finding instances: DescribeInstances, DescribeInstanceStatus, DescribeInstanceAttribute.
enum InstanceListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeInstances": list,
        "DescribeInstanceStatus": listStates,
        "DescribeInstanceAttribute": attribute,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let tags = try TagParameters.filter(context.parameters)
        let filter = try InstanceFilter(context)
        let current = world
        let found = world.instances.newestFirst.filter {
            $0.regionId == region && filter.matches($0, current, context.now)
                && current.tags.matches(tags, .instance, $0.id)
        }
        let page = try Page(found, context)
        return .object(page.members("Instances", "Instance") { $0.rendered(current, context) })
    }

    @Sendable
    private static func listStates(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let zone = context.parameters.text("ZoneId")
        let ids = Set(context.parameters.list("InstanceId"))
        let found = world.instances.newestFirst.filter {
            $0.regionId == region && (zone == nil || $0.zoneId == zone) && (ids.isEmpty || ids.contains($0.id))
        }
        let page = try Page(found, context)
        return .object(
            page.members("InstanceStatuses", "InstanceStatus") {
                ["InstanceId": .string($0.id), "Status": .string($0.state.state(at: context.now).rawValue)]
            })
    }

    @Sendable
    private static func attribute(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.instance(try context.required("InstanceId"))
        guard case .object(let members) = instance.rendered(world, context) else { return .empty }
        return .object(
            members.compactMap { member in
                switch member.name {
                case "IoOptimized":
                    return .init("IoOptimized", .string(instance.isIOOptimized ? "optimized" : "none"))
                case "DedicatedHostAttribute":
                    return .init("DedicatedHostAttribute", ["DedicatedHostId": "", "DedicatedHostName": ""])
                default: return attributeMembers.contains(member.name) ? member : nil
                }
            })
    }

    /// The members that DescribeInstanceAttribute shares with DescribeInstances.
    private static let attributeMembers: Set<String> = [
        "ClusterId", "Cpu", "CreationTime", "CreditSpecification", "Description", "EipAddress", "ExpiredTime", "HostName",
        "ImageId", "InnerIpAddress", "InstanceChargeType", "InstanceId", "InstanceName", "InstanceNetworkType",
        "InstanceType", "InternetChargeType", "InternetMaxBandwidthIn", "InternetMaxBandwidthOut", "Memory",
        "OperationLocks", "PublicIpAddress", "RegionId", "SecurityGroupIds", "SerialNumber", "Status", "StoppedMode",
        "VlanId", "VpcAttributes", "ZoneId",
    ]
}
