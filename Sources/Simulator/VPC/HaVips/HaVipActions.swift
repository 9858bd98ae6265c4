import Bytes

/// Making and deleting HaVips.
enum HaVipActions {
    static let handlers: [String: ActionHandler] = [
        "CreateHaVip": create,
        "DeleteHaVip": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        guard let vSwitch = world.vSwitches[try context.required("VSwitchId")],
            Geography.region(ofZone: vSwitch.zoneId)?.id == region
        else { throw CloudError("InvalidVSwitch.NotFound") }
        let address = try address(world, vSwitch, context)
        guard world.vpc.haVips.all.count(where: { $0.vpcId == vSwitch.vpcId }) < HaVip.limit else {
            throw CloudError("QuotaExceeded.HaVip")
        }
        let id = world.identifiers.resource("havip")
        world.vpc.haVips[id] = HaVip(
            id: id, regionId: region, vpcId: vSwitch.vpcId, vSwitchId: vSwitch.id, address: address,
            description: try context.description(orElse: CloudError("InvalidDescription.Malformed")) ?? "",
            creationTime: context.now,
            state: Timeline(
                from: context.now, [(state: .creating, lasting: context.lasting(.virtualAddressCreating))],
                target: .available))
        return ["HaVipId": .string(id)]
    }

    private static func address(
        _ world: World, _ vSwitch: VSwitch, _ context: ActionContext
    ) throws(CloudError) -> String {
        guard let text = context.parameters.text("IpAddress") else {
            guard let free = world.freeAddress(in: vSwitch) else { throw CloudError("InvalidIPAddress.AlreadyUsed") }
            return free
        }
        guard let address = IPv4Address(text) else { throw CloudError("InvalidIPAddress.Malformed") }
        guard vSwitch.cidrBlock.contains(address) else { throw CloudError("InvalidIPAddress.OutOfRange") }
        guard world.isAssignable(text, in: vSwitch) else { throw CloudError("InvalidIPAddress.NotAvailable") }
        guard !world.addresses(in: vSwitch.id).contains(text) else { throw CloudError("InvalidIPAddress.AlreadyUsed") }
        return text
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let haVip = try world.haVip(context)
        guard haVip.state.state(at: context.now) == .available else { throw CloudError("IncorrectStatus") }
        guard !world.hasRoute(to: haVip.id) else { throw CloudError("DependencyViolation.HaVipReferedByRouteEntry") }
        guard world.eips(of: Eip.Target(kind: .haVip, id: haVip.id), at: context.now).isEmpty else {
            throw CloudError("DependencyViolation.HaVipAssociatedWithEIP")
        }
        world.vpc.haVips[haVip.id] = nil
        return .empty
    }
}
