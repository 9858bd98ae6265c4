import Bytes

/// Finding load balancers and what belongs to them.
enum ENSLoadBalancerListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeLoadBalancers": list,
        "DescribeLoadBalancerAttribute": describe,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let server = parameters.text("ServerId")
        let found = world.ens.loadBalancers.newestFirst.filter { balancer in
            guard server == nil || balancer.backends.contains(where: { $0.serverId == server }) else { return false }
            return parameters.match([
                ("LoadBalancerId", balancer.id), ("LoadBalancerName", balancer.name), ("EnsRegionId", balancer.nodeId),
                ("LoadBalancerStatus", balancer.status.rawValue), ("NetworkId", balancer.networkId),
                ("VSwitchId", balancer.vSwitchId), ("Address", balancer.address),
            ])
        }
        return .object(try Page(found, context).members("LoadBalancers", "LoadBalancer") { .object($0.members) })
    }

    @Sendable
    private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let balancer = try world.edgeLoadBalancer(context)
        let more: JSONValue = [
            "Bandwidth": .integer(world.bandwidth(of: balancer, at: context.now)),
            "LoadBalancerSpec": .string(balancer.spec), "EndTime": .string(ENS.endless),
            "ListenerPorts": .array(balancer.listeners.map { .string(String($0.port)) }),
            "ListenerPortsAndProtocols": .array(balancer.listeners.map(\.summary)),
            "BackendServers": .array(
                balancer.backends.map { backend in
                    [
                        "ServerId": .string(backend.serverId), "Ip": .string(backend.ip), "Port": .string(String(backend.port)),
                        "Type": "ens", "Weight": .integer(backend.weight),
                    ]
                }),
        ]
        guard case .object(let members) = more else { return .empty }
        return .object(balancer.members + members)
    }
}

extension ENSLoadBalancer {
    /// What lists show.
    fileprivate var members: [JSONValue.Member] {
        [
            .init("LoadBalancerId", .string(id)), .init("LoadBalancerName", .string(name)),
            .init("LoadBalancerStatus", .string(status.rawValue)), .init("Address", .string(address)),
            .init("AddressIPVersion", "ipv4"), .init("EnsRegionId", .string(nodeId)),
            .init("NetworkId", .string(networkId)), .init("VSwitchId", .string(vSwitchId)),
            .init("CreateTime", .string(creationTime.text)), .init("PayType", "PostPaid"),
        ]
    }
}

extension ENSListener {
    /// A listener as its load balancer shows it.
    fileprivate var summary: JSONValue {
        [
            "ListenerPort": .integer(port), "ListenerProtocol": .string(transport.rawValue),
            "Description": .string(settings["Description"] ?? ""),
            "ListenerForward": .string(settings["ListenerForward"] ?? "off"),
            "ForwardPort": .integer(settings["ForwardPort"].flatMap { Int($0) } ?? 0),
        ]
    }
}
