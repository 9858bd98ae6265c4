import Bytes

/// Making, changing and deleting vSwitches.
enum VSwitchActions {
    static let handlers: [String: ActionHandler] = [
        "CreateVSwitch": create,
        "ModifyVSwitchAttribute": modify,
        "DeleteVSwitch": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let vpc = try world.existingVpc(try context.required("VpcId"), in: try context.region())
        let zone = try context.required("ZoneId")
        guard Geography.region(ofZone: zone)?.id == vpc.regionId else { throw CloudError("InvalidZoneId.NotFound") }
        try checkRest(of: vpc, world, context)
        guard let block = IPv4Network(try context.required("CidrBlock")) else {
            throw CloudError("InvalidCidrBlock.Malformed")
        }
        try check(block, in: vpc, world)
        guard world.vSwitches.all.count(where: { $0.vpcId == vpc.id }) < VSwitch.limit else {
            throw CloudError("QuotaExceeded.VSwitch")
        }
        let id = world.identifiers.resource("vsw")
        var vSwitch = VSwitch(
            id: id, vpcId: vpc.id, zoneId: zone, cidrBlock: block, creationTime: context.now,
            state: .becoming(lasting: context.lasting(.vSwitchPending), from: context.now))
        try set(&vSwitch, context)
        world.vSwitches[id] = vSwitch
        return ["VSwitchId": .string(id)]
    }

    /// Networks and routes of a VPC change one after another.
    private static func checkRest(of vpc: Vpc, _ world: World, _ context: ActionContext) throws(CloudError) {
        guard vpc.state.isSettled(at: context.now) else { throw CloudError("IncorrectVpcStatus") }
        guard !world.hasUnsettledVSwitch(inVpc: vpc.id, at: context.now) else { throw CloudError("IncorrectVSwitchStatus") }
        guard !world.hasUnsettledRoute(inVpc: vpc.id, at: context.now) else { throw CloudError("IncorrectRouteEntryStatus") }
    }

    private static func check(_ block: IPv4Network, in vpc: Vpc, _ world: World) throws(CloudError) {
        guard (16...29).contains(block.prefixLength) else { throw CloudError("InvalidCidrBlock.MaskLength") }
        guard vpc.cidrBlock.contains(block) else { throw CloudError("InvalidParameter", about: "CIDR block") }
        guard !world.vSwitches.all.contains(where: { $0.vpcId == vpc.id && $0.cidrBlock.overlaps(block) }) else {
            throw CloudError("InvalidCidrBlock.Overlapped", about: "other subnets")
        }
        let routes = world.vpc.routeTables[vpc.router.routeTableId]?.entries ?? []
        guard !routes.contains(where: { block.contains($0.destination) }) else {
            throw CloudError("InvalidCidrBlock.Overlapped", about: "other entry")
        }
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var vSwitch = try world.existingVSwitch(try context.required("VSwitchId"), in: try context.region())
        try set(&vSwitch, context)
        world.vSwitches[vSwitch.id] = vSwitch
        return .empty
    }

    private static func set(_ vSwitch: inout VSwitch, _ context: ActionContext) throws(CloudError) {
        vSwitch.name = try context.name("VSwitchName", orElse: CloudError("InvalidVSwitchName.Malformed")) ?? vSwitch.name
        vSwitch.description =
            try context.description(orElse: CloudError("InvalidVSwitchDiscription.Malformed")) ?? vSwitch.description
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let vSwitch = try world.existingVSwitch(try context.required("VSwitchId"), in: try context.region())
        guard !world.hasUnsettledVSwitch(inVpc: vSwitch.vpcId, at: context.now) else {
            throw CloudError("IncorrectVSwitchStatus")
        }
        guard !world.hasUnsettledRoute(inVpc: vSwitch.vpcId, at: context.now) else {
            throw CloudError("IncorrectRouteEntryStatus")
        }
        guard !world.vpc.haVips.all.contains(where: { $0.vSwitchId == vSwitch.id }) else {
            throw CloudError("DependencyViolation.HaVip")
        }
        let isNamed = world.vpc.snatEntries.all.contains { $0.vSwitchId == vSwitch.id }
        guard world.addresses(in: vSwitch.id).isEmpty, !isNamed else { throw CloudError("DependencyViolation") }
        world.vSwitches[vSwitch.id] = nil
        return .empty
    }
}
