import Bytes

/// Binding public addresses to instances, load balancers, NAT gateways and HaVips, and unbinding them.
enum EipBinding {
    static let handlers: [String: ActionHandler] = [
        "AssociateEipAddress": associate,
        "UnassociateEipAddress": unassociate,
    ]

    @Sendable
    private static func associate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let eip = try world.eip(try context.required("AllocationId"), in: try context.region())
        let target = try target(context)
        guard eip.state.state(at: context.now) == .available, !eip.locks.contains(.security) else {
            throw CloudError("IncorrectEipStatus")
        }
        let isTaken = !world.eips(of: target, at: context.now).isEmpty
        switch target.kind {
        case .ecsInstance: try check(instance: target.id, isTaken, world, eip, context)
        case .slbInstance:
            guard let found = world.slb.loadBalancers[target.id] else { throw CloudError("InvalidInstanceId.NotFound") }
            guard found.regionId == eip.regionId else { throw CloudError("InvalidParameter.Mismatch") }
            guard !found.vpcId.isEmpty else { throw CloudError("OperationDenied") }
            guard !isTaken else { throw CloudError("InvalidAssociation.Duplicated") }
        case .nat:
            guard let gateway = world.vpc.natGateways[target.id] else { throw CloudError("InvalidInstanceId.NotFound") }
            guard gateway.regionId == eip.regionId else { throw CloudError("InvalidParameter.Mismatch") }
            guard gateway.state.state(at: context.now) == .available else { throw CloudError("IncorrectInstanceStatus") }
        case .haVip:
            guard let haVip = world.vpc.haVips[target.id] else { throw CloudError("InvalidHaVip.NotFound") }
            guard haVip.regionId == eip.regionId else { throw CloudError("InvalidParameter.Mismatch") }
            guard haVip.isUsable(at: context.now) else { throw CloudError("IncorrectHaVipStatus") }
            guard !isTaken else { throw CloudError("CountLimitExceed.EIPOnHaVip") }
        }
        world.vpc.eips[eip.id]?.boundTarget = target
        world.vpc.eips[eip.id]?.state = Timeline(
            from: context.now, [(state: .associating, lasting: context.lasting(.addressAssociating))], target: .inUse)
        return .empty
    }

    private static func check(
        instance id: String, _ isTaken: Bool, _ world: World, _ eip: Eip, _ context: ActionContext
    ) throws(CloudError) {
        guard let instance = world.instances[id] else { throw CloudError("InvalidInstanceId.NotFound") }
        guard instance.regionId == eip.regionId else { throw CloudError("InvalidParameter.Mismatch") }
        guard !instance.vpcId.isEmpty else { throw CloudError("OperationDenied") }
        guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
            throw CloudError("IncorrectInstanceStatus")
        }
        guard !isTaken else { throw CloudError("CountLimitExceeded.EIPOnECSInstance") }
    }

    @Sendable
    private static func unassociate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let eip = try world.eip(try context.required("AllocationId"), in: try context.region())
        let target = try target(context)
        guard eip.state.state(at: context.now) == .inUse, !eip.locks.contains(.security) else {
            throw CloudError("IncorrectEipStatus")
        }
        guard eip.boundTarget == target else { throw CloudError("ResourceNotAssociated") }
        guard !world.vpc.snatEntries.all.contains(where: { $0.addresses.contains(eip.address) }) else {
            throw CloudError("InvalidIpStatus.HasBeenUsedBySnatTable")
        }
        guard !world.vpc.forwardEntries.all.contains(where: { $0.externalIp == eip.address }) else {
            throw CloudError("InvalidIpStatus.HasBeenUsedByForwardEntry")
        }
        if let haVip = world.vpc.haVips[target.id], !haVip.isUsable(at: context.now) {
            throw CloudError("IncorrectHaVipStatus")
        }
        world.vpc.eips[eip.id]?.state = Timeline(
            from: context.now, [(state: .unassociating, lasting: context.lasting(.addressUnassociating))],
            target: .available)
        return .empty
    }

    private static func target(_ context: ActionContext) throws(CloudError) -> Eip.Target {
        let text = context.parameters.text("InstanceType") ?? Eip.Target.Kind.ecsInstance.rawValue
        guard let kind = Eip.Target.Kind(rawValue: text) else { throw CloudError("InvalidInstanceType.ValueNotSupported") }
        return Eip.Target(kind: kind, id: try context.required("InstanceId"))
    }
}
