import Bytes

/// Making, changing and releasing load balancers. Addresses are released by the same action.
enum ENSLoadBalancerActions {
    static let handlers: [String: ActionHandler] = [
        "CreateLoadBalancer": create,
        "ModifyLoadBalancerAttribute": rename,
        "SetLoadBalancerStatus": setStatus,
        "ReleaseInstance": release,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let node = try context.requiredNode()
        let spec = try context.required("LoadBalancerSpec")
        guard spec.hasPrefix("elb."), spec.split(separator: ".").count == 3 else { throw CloudError("InvalidLoadBalancerSpec") }
        guard let network = world.ens.networks[try context.required("NetworkId")], network.nodeId == node.id else {
            throw CloudError("InvalidNetworkId")
        }
        guard let vSwitch = world.ens.vSwitches[try context.required("VSwitchId")], vSwitch.networkId == network.id else {
            throw CloudError("InvalidVSwitchId")
        }
        guard vSwitch.state.state(at: context.now) == .available else { throw CloudError("IncorrectInstanceStatus") }
        guard let address = vSwitch.freeAddress(world.edgeAddresses(in: vSwitch.id)) else {
            throw CloudError("InvalidVSwitchId")
        }
        let name = try name(context)
        let id = world.identifiers.edgeResource("lb")
        let balancer = ENSLoadBalancer(
            id: id, nodeId: node.id, name: name ?? "auto_named_elb_\(id.suffix(6))", spec: spec, networkId: network.id,
            vSwitchId: vSwitch.id, address: address, creationTime: context.now)
        world.ens.loadBalancers[id] = balancer
        return [
            "LoadBalancerId": .string(id), "LoadBalancerName": .string(balancer.name), "NetworkId": .string(network.id),
            "VSwitchId": .string(vSwitch.id),
        ]
    }

    @Sendable
    private static func rename(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let balancer = try world.edgeLoadBalancer(context)
        if let name = try name(context) { world.ens.loadBalancers[balancer.id]?.name = name }
        return .empty
    }

    private static func name(_ context: ActionContext) throws(CloudError) -> String? {
        guard let name = context.parameters.text("LoadBalancerName") else { return nil }
        guard !name.isWebAddress else { throw CloudError("InvalidLoadBalancerName") }
        return name
    }

    @Sendable
    private static func setStatus(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let balancer = try world.edgeLoadBalancer(context)
        guard let status = ENSLoadBalancer.Status(rawValue: try context.required("LoadBalancerStatus")) else {
            throw CloudError("InvalidLoadBalancerStatus")
        }
        world.ens.loadBalancers[balancer.id]?.status = status
        return .empty
    }

    /// A load balancer goes with its listeners and gives its addresses back; an address goes when nothing has it.
    @Sendable
    private static func release(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let id = try context.required("InstanceId")
        if world.ens.loadBalancers[id] != nil {
            world.ens.addresses.update(where: { $0.binding?.resourceId == id }) { $0.release() }
            world.ens.loadBalancers[id] = nil
        } else if let address = world.ens.addresses[id] {
            guard address.state(at: context.now) == .available else { throw CloudError("IncorrectInstanceStatus") }
            world.ens.addresses[id] = nil
        } else {
            throw CloudError("InstanceNotFound")
        }
        return .empty
    }
}

extension String {
    /// Whether the text begins as the address of a web page, which names and descriptions must not.
    var isWebAddress: Bool { hasPrefix("http://") || hasPrefix("https://") }
}
