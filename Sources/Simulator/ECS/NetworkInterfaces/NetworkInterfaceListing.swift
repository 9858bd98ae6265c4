import Bytes

/// Finding interfaces, the primary ones of instances among them: DescribeNetworkInterfaces.
enum NetworkInterfaceListing {
    static let handlers: [String: ActionHandler] = ["DescribeNetworkInterfaces": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let tags = try TagParameters.filter(context.parameters)
        let current = world
        let found = world.networkInterfaces.newestFirst.filter {
            $0.regionId == region && matches($0, context) && current.tags.matches(tags, .eni, $0.id)
        }
        let page = try Page(found, context)
        return .object(page.members("NetworkInterfaceSets", "NetworkInterfaceSet") { $0.rendered(current, context) })
    }

    private static func matches(_ interface: NetworkInterface, _ context: ActionContext) -> Bool {
        let parameters = context.parameters
        let texts: [(String, String)] = [
            ("VpcId", interface.vpcId), ("VSwitchId", interface.vSwitchId), ("Type", interface.kind.rawValue),
            ("PrimaryIpAddress", interface.primaryAddress), ("NetworkInterfaceName", interface.name),
            ("Status", interface.state.state(at: context.now).rawValue),
            ("InstanceId", interface.instanceId(at: context.now)), ("ResourceGroupId", interface.resourceGroupId),
        ]
        guard texts.allSatisfy({ name, value in parameters.text(name).map { $0 == value } ?? true }) else { return false }
        let lists: [(String, [String])] = [
            ("NetworkInterfaceId", [interface.id]), ("PrivateIpAddress", interface.allAddresses), ("Ipv6Address", []),
        ]
        guard
            lists.allSatisfy({ name, values in
                let wanted = parameters.list(name)
                return wanted.isEmpty || wanted.contains { values.contains($0) }
            })
        else { return false }
        if let group = parameters.text("SecurityGroupId"), !interface.securityGroupIds.contains(group) { return false }
        // No interface of the simulated cloud belongs to a service of the vendor.
        return parameters.flag("ServiceManaged") != true
    }
}

extension NetworkInterface {
    /// What the answers of making and of finding an interface have in common.
    func identity(_ world: World, _ context: ActionContext) -> [JSONValue.Member] {
        let addresses: [JSONValue] = allAddresses.enumerated().map { index, address in
            ["PrivateIpAddress": .string(address), "Primary": .bool(index == 0)]
        }
        return [
            .init("NetworkInterfaceId", .string(id)), .init("NetworkInterfaceName", .string(name)),
            .init("Description", .string(description)), .init("Type", .string(kind.rawValue)),
            .init("Status", .string(state.state(at: context.now).rawValue)),
            .init("ZoneId", .string(zoneId)), .init("VpcId", .string(vpcId)), .init("VSwitchId", .string(vSwitchId)),
            .init("MacAddress", .string(macAddress)), .init("PrivateIpAddress", .string(primaryAddress)),
            .init("PrivateIpSets", .list("PrivateIpSet", addresses)),
            .init("Ipv6Sets", .list("Ipv6Set", [JSONValue]())),
            .init("Ipv4PrefixSets", .list("Ipv4PrefixSet", [JSONValue]())),
            .init("Ipv6PrefixSets", .list("Ipv6PrefixSet", [JSONValue]())),
            .init("SecurityGroupIds", .list("SecurityGroupId", securityGroupIds)),
            .init("OwnerId", .string(context.accountId)), .init("ResourceGroupId", .string(resourceGroupId)),
            .init("ServiceManaged", false), .init("SourceDestCheck", .bool(checksSourceAndDestination)),
            .init("Tags", world.tags[.eni, id].rendered),
        ]
    }

    /// An element of DescribeNetworkInterfaces.
    func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        let instanceId = instanceId(at: context.now)
        // A public address that is bound to an instance lies on its first interface.
        let eip = kind == .primary ? world.eip(ofInstance: instanceId, at: context.now) : nil
        let neighbours = instanceId.isEmpty ? [] : world.interfaces(of: instanceId, at: context.now)
        return .object(
            identity(world, context) + [
                .init("InstanceId", .string(instanceId)), .init("CreationTime", .string(creationTime.text)),
                .init("DeleteOnRelease", .bool(deletesOnRelease)),
                .init("NetworkInterfaceTrafficMode", .string(trafficMode)), .init("QueueNumber", .integer(queueNumber)),
                .init(
                    "AssociatedPublicIp",
                    [
                        "AllocationId": .string(eip?.id ?? ""), "PublicIpAddress": .string(eip?.address ?? ""),
                    ]),
                .init(
                    "Attachment",
                    [
                        "InstanceId": .string(instanceId), "NetworkCardIndex": 0,
                        "DeviceIndex": .integer(neighbours.firstIndex { $0.id == id } ?? 0),
                        "TrunkNetworkInterfaceId": "",
                    ]),
            ])
    }
}
