import Bytes

/// Binding servers to global acceleration instances and unbinding them.
enum AccelerationBinding {
    static let handlers: [String: ActionHandler] = [
        "AssociateGlobalAccelerationInstance": associate,
        "UnassociateGlobalAccelerationInstance": unassociate,
    ]

    @Sendable
    private static func associate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.acceleration(context)
        let region = try context.required("BackendServerRegionId")
        guard Geography.region(region) != nil else { throw CloudError("InvalidBackendServerRegionId.NotFound") }
        guard region != instance.regionId else { throw CloudError("InvalidBackendServerRegionId.EqualRegionId") }
        guard GlobalAcceleration.area(of: region) == instance.serviceLocation else {
            throw CloudError("InvalidBackendServerRegionId.Mismatch")
        }
        let server = try server(in: region, world, context)
        guard instance.state.state(at: context.now) == .available else {
            throw CloudError("IncorrectGlobalAccelerationInstanceIdStatus")
        }
        let bound = world.vpc.accelerations.all.count { $0.server(at: context.now)?.id == server.id }
        guard bound < GlobalAcceleration.limitPerServer else {
            throw CloudError("CountLimitExceeded.AssociatedGlobalAccelerationInstanceIdOnBackendServer")
        }
        world.vpc.accelerations[instance.id]?.boundServer = server
        world.vpc.accelerations[instance.id]?.state = Timeline(
            from: context.now, [(state: .associating, lasting: context.lasting(.accelerationBinding))], target: .inUse)
        return .empty
    }

    private static func server(
        in region: String, _ world: World, _ context: ActionContext
    ) throws(CloudError) -> GlobalAcceleration.Server {
        let id = try context.required("BackendServerId")
        let type = context.parameters.text("BackendServerType") ?? "EcsInstance"
        guard type == "EcsInstance" else {
            guard let found = world.slb.loadBalancers[id], found.regionId == region else {
                throw CloudError("InvalidBackendServerId.NotFound")
            }
            guard !found.vpcId.isEmpty else { throw CloudError("InvalidBackendServerId.NotInVPC") }
            return .init(regionId: region, type: type, id: id, address: found.address)
        }
        guard let instance = world.instances[id], instance.regionId == region else {
            throw CloudError("InvalidBackendServerId.NotFound")
        }
        guard !instance.vpcId.isEmpty else { throw CloudError("InvalidBackendServerId.NotInVPC") }
        return .init(regionId: region, type: type, id: id, address: instance.privateIpAddress)
    }

    @Sendable
    private static func unassociate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.acceleration(context)
        guard instance.state.state(at: context.now) == .inUse else {
            throw CloudError("IncorrectGlobalAccelerationInstanceIdStatus")
        }
        world.vpc.accelerations[instance.id]?.state = Timeline(
            from: context.now, [(state: .unassociating, lasting: context.lasting(.accelerationBinding))],
            target: .available)
        return .empty
    }
}
