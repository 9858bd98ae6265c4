import Bytes

/// Binding elastic addresses to load balancers and instances of their node, and taking them back.
enum ENSAddressBinding {
    static let handlers: [String: ActionHandler] = [
        "AssociateEnsEipAddress": associate,
        "UnAssociateEnsEipAddress": unassociate,
    ]

    @Sendable
    private static func associate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let address = try world.edgeAddress(context)
        let binding = try binding(world, of: address, context)
        guard address.state(at: context.now) == .available else { throw CloudError("IncorrectInstanceStatus") }
        world.ens.addresses[address.id]?.binding = binding
        world.ens.addresses[address.id]?.lifecycle = Timeline(
            from: context.now, [(state: .associating, lasting: context.duration(of: .addressAssociating))],
            target: .inUse)
        return .empty
    }

    @Sendable
    private static func unassociate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let address = try world.edgeAddress(context)
        guard address.state(at: context.now) == .inUse else { throw CloudError("IncorrectInstanceStatus") }
        world.ens.addresses[address.id]?.lifecycle = Timeline(
            from: context.now, [(state: .unassociating, lasting: context.duration(of: .addressUnassociating))],
            target: .available)
        return .empty
    }

    /// The resource of the call. A second address needs a load balancer and the type that says so.
    private static func binding(
        _ world: World, of address: ENSAddress, _ context: ActionContext
    ) throws(CloudError) -> ENSAddress.Binding {
        let id = try context.required("InstanceId")
        let type = context.parameters.text("InstanceType")
        let isFirst = world.boundAddresses(of: id, at: context.now).isEmpty
        if let balancer = world.ens.loadBalancers[id] {
            guard balancer.nodeId == address.nodeId else { throw CloudError("InvalidInstanceId") }
            guard type != "EnsInstance", isFirst || type == "NatSlbInstance" else { throw CloudError("InvalidInstanceType") }
            return .init(resourceId: id, type: type ?? "SlbInstance")
        }
        let instance = try world.edgeInstance(id)
        guard type == nil || type == "EnsInstance" else { throw CloudError("InvalidInstanceType") }
        guard instance.nodeId == address.nodeId, isFirst else { throw CloudError("InvalidInstanceId") }
        return .init(resourceId: id, type: "EnsInstance")
    }
}
