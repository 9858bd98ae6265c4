import Bytes

/// The instances behind a load balancer: adding them, changing their weights, taking them away.
enum ENSBackendActions {
    static let handlers: [String: ActionHandler] = [
        "AddBackendServers": add,
        "SetBackendServers": setWeights,
        "RemoveBackendServers": remove,
    ]

    private static let standardWeight = 100

    /// One server of the call.
    private struct Entry {
        let serverId: String
        let ip: String?
        let port: Int?
        let weight: Int?

        init(_ members: CallParameters) {
            serverId = members.text("ServerId") ?? ""
            ip = members.text("Ip")
            port = members.integer("Port")
            weight = members.integer("Weight")
        }

        func means(_ backend: ENSLoadBalancer.Backend) -> Bool {
            backend.serverId == serverId && (port ?? backend.port) == backend.port
        }
    }

    /// Servers run on the node of the load balancer. One that is there already gets the weight of the call.
    @Sendable
    private static func add(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var balancer = try world.edgeLoadBalancer(context)
        for entry in try entries(context) {
            let instance = try world.edgeInstance(entry.serverId)
            guard instance.nodeId == balancer.nodeId, entry.ip == nil || entry.ip == instance.privateAddress,
                (0...65_535).contains(entry.port ?? 0)
            else { throw CloudError("InvalidBackendServers") }
            guard instance.state(at: context.now) == .running else { throw CloudError("IncorrectInstanceStatus") }
            let backend = ENSLoadBalancer.Backend(
                serverId: instance.id, ip: instance.privateAddress, port: entry.port ?? 0,
                weight: entry.weight ?? standardWeight)
            if let index = balancer.backends.firstIndex(where: { $0.serverId == backend.serverId && $0.port == backend.port }) {
                balancer.backends[index].weight = backend.weight
            } else {
                balancer.backends.append(backend)
            }
        }
        return finish(balancer, &world)
    }

    @Sendable
    private static func setWeights(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var balancer = try world.edgeLoadBalancer(context)
        for entry in try entries(context) {
            let indices = balancer.backends.indices.filter { entry.means(balancer.backends[$0]) }
            guard !indices.isEmpty, let weight = entry.weight else { throw CloudError("InvalidBackendServers") }
            for index in indices { balancer.backends[index].weight = weight }
        }
        return finish(balancer, &world)
    }

    @Sendable
    private static func remove(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var balancer = try world.edgeLoadBalancer(context)
        for entry in try entries(context) {
            guard balancer.backends.contains(where: entry.means) else { throw CloudError("InvalidBackendServers") }
            balancer.backends.removeAll(where: entry.means)
        }
        return finish(balancer, &world)
    }

    private static func entries(_ context: ActionContext) throws(CloudError) -> [Entry] {
        let entries = (context.parameters.objects("BackendServers") ?? []).map(Entry.init)
        guard !entries.isEmpty else { throw CloudError("InvalidBackendServers") }
        return entries
    }

    /// Answers with the servers that the load balancer has now.
    private static func finish(_ balancer: ENSLoadBalancer, _ world: inout World) -> JSONValue {
        world.ens.loadBalancers[balancer.id] = balancer
        return [
            "BackendServers": .list(
                "BackendServer",
                balancer.backends.map { backend in
                    [
                        "ServerId": .string(backend.serverId), "Weight": .integer(backend.weight), "Type": "ens",
                        "Ip": .string(backend.ip), "Port": .integer(backend.port),
                    ]
                })
        ]
    }
}
