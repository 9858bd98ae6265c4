import Bytes

/// Making and deleting network interfaces: CreateNetworkInterface and DeleteNetworkInterface.
enum NetworkInterfaceCreation {
    static let handlers: [String: ActionHandler] = [
        "CreateNetworkInterface": create,
        "DeleteNetworkInterface": delete,
    ]

    /// Secondary interfaces of a region.
    private static let quotaPerRegion = 100

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        // Trunk interfaces are by invitation.
        guard parameters.text("InstanceType") != "Trunk" else { throw CloudError("InvalidUserType.NotSupported") }
        guard let vSwitch = world.vSwitches[try context.required("VSwitchId")],
            context.site.geography.region(ofZone: vSwitch.zoneId)?.id == region
        else { throw CloudError("InvalidVSwitchId.NotFound") }
        let groups = try groups(parameters)
        try world.checkGroups(groups, ofInterfaceIn: vSwitch.vpcId)
        let tags = try TagParameters.tags(parameters)
        guard world.networkInterfaces.all.count(where: { $0.kind == .secondary && $0.regionId == region }) < quotaPerRegion
        else { throw CloudError("MaxEniCountExceeded") }
        let addresses = try InterfaceAddresses(world, vSwitch, parameters)
        let id = world.identifiers.resource("eni")
        var interface = NetworkInterface(
            id: id, regionId: region, zoneId: vSwitch.zoneId, vpcId: vSwitch.vpcId, vSwitchId: vSwitch.id,
            kind: .secondary, macAddress: world.identifiers.macAddress(), primaryAddress: addresses.primary,
            secondaryAddresses: addresses.secondary, securityGroupIds: groups,
            state: Timeline(
                from: context.now, [(state: .creating, lasting: context.durations[.interfaceCreating])],
                target: .available),
            creationTime: context.now)
        try NetworkInterfaceAttributes.set(&interface, parameters)
        interface.trafficMode =
            parameters.text("NetworkInterfaceTrafficMode")
            ?? parameters.text("NetworkInterfaceTrafficConfig.NetworkInterfaceTrafficMode") ?? interface.trafficMode
        interface.resourceGroupId = parameters.text("ResourceGroupId") ?? ""
        world.networkInterfaces[id] = interface
        world.tags.add(tags, to: .eni, id)
        return .object(interface.identity(world, context))
    }

    /// One group or a list of them, not both.
    private static func groups(_ parameters: CallParameters) throws(CloudError) -> [String] {
        let listed = parameters.list("SecurityGroupIds")
        guard let single = parameters.text("SecurityGroupId") else {
            guard !listed.isEmpty else { throw .missing("SecurityGroupId") }
            return listed
        }
        guard listed.isEmpty else { throw CloudError("InvalidParameter.Conflict") }
        return [single]
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let interface = try world.networkInterface(
            try context.required("NetworkInterfaceId"), in: try context.requiredRegion())
        guard interface.kind == .secondary else { throw CloudError("InvalidOperation.InvalidEniType") }
        guard interface.state.state(at: context.now) == .available else {
            throw CloudError("InvalidOperation.InvalidEniState")
        }
        world.networkInterfaces[interface.id]?.state = Timeline(
            from: context.now, [(state: .deleting, lasting: context.durations[.interfaceDeleting])], target: .deleted)
        return .empty
    }
}

extension World {
    /// Refuses groups that do not exist, are of another VPC, or are too many for one interface.
    func checkGroups(_ groups: [String], ofInterfaceIn vpcId: String) throws(CloudError) {
        for id in groups {
            guard let group = securityGroups[id] else { throw CloudError("InvalidSecurityGroupId.NotFound") }
            guard group.vpcId == vpcId else { throw CloudError("InvalidOperation.VpcMismatch") }
        }
        guard groups.count <= SecurityGroup.membershipLimit, Set(groups).count == groups.count else {
            throw .invalid("SecurityGroupIds")
        }
    }
}
