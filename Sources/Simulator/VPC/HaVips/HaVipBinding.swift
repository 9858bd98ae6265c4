import Bytes

/// Putting instances behind HaVips and taking them away.
enum HaVipBinding {
    static let handlers: [String: ActionHandler] = [
        "AssociateHaVip": associate,
        "UnassociateHaVip": unassociate,
    ]

    @Sendable
    private static func associate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var haVip = try world.haVip(context)
        let instance = try instance(world, context)
        guard haVip.isUsable(at: context.now) else { throw CloudError("IncorrectHaVipStatus") }
        guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
            throw CloudError("IncorrectInstanceStatus")
        }
        guard instance.vSwitchId == haVip.vSwitchId else { throw CloudError("InvalidVSwitchId.NotMatch") }
        guard !haVip.instanceIds.contains(instance.id) else { throw CloudError("InvalidAssociation.Duplicated") }
        guard haVip.instanceIds.count < HaVip.instanceLimit else {
            throw CloudError("CountLimitExceeded.HaVipOnECSInstance")
        }
        haVip.instanceIds.append(instance.id)
        haVip.state = Timeline(
            from: context.now, [(state: .associating, lasting: context.lasting(.addressAssociating))], target: .inUse)
        world.vpc.haVips[haVip.id] = haVip
        return .empty
    }

    @Sendable
    private static func unassociate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var haVip = try world.haVip(context)
        let instance = try instance(world, context)
        guard haVip.state.state(at: context.now) == .inUse else { throw CloudError("IncorrectHaVipStatus") }
        guard haVip.instanceIds.contains(instance.id) else { throw CloudError("ResourceNotAssociated") }
        haVip.leavingInstanceId = instance.id
        haVip.state = Timeline(
            from: context.now, [(state: .unassociating, lasting: context.lasting(.addressUnassociating))],
            target: haVip.instanceIds.count > 1 ? .inUse : .available)
        world.vpc.haVips[haVip.id] = haVip
        return .empty
    }

    private static func instance(_ world: World, _ context: ActionContext) throws(CloudError) -> Instance {
        try world.instance(try context.required("InstanceId"))
    }
}
