import Bytes

extension SLB {
    /// The servers of a load balancer's default group.
    enum BackendServerActions {
        static let handlers: [String: ActionHandler] = [
            "AddBackendServers": add,
            "SetBackendServers": set,
            "RemoveBackendServers": remove,
        ]

        @Sendable
        private static func add(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var found = try world.slb.loadBalancer(context)
            let reader = BackendServerReader(world: world, loadBalancer: found, context: context)
            found.servers += try reader.newServers("BackendServers", besides: found.servers)
            world.slb.loadBalancers[found.id] = found
            return answer(found, weightsAreTexts: true)
        }

        @Sendable
        private static func set(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var found = try world.slb.loadBalancer(context)
            let reader = BackendServerReader(world: world, loadBalancer: found, context: context)
            let given = context.parameters.objects("BackendServers") ?? []
            for (entry, server) in zip(given, try reader.entries("BackendServers")) {
                guard
                    let index = found.servers.firstIndex(where: {
                        $0.id == server.id && (server.port == nil || $0.port == server.port)
                    })
                else { throw CloudError("InvalidServerId.NotFound") }
                if entry.text("Weight") != nil { found.servers[index].weight = server.weight }
                if entry.text("Description") != nil { found.servers[index].description = server.description }
            }
            world.slb.loadBalancers[found.id] = found
            return answer(found, weightsAreTexts: true)
        }

        /// Servers that are not there are passed over.
        @Sendable
        private static func remove(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var found = try world.slb.loadBalancer(context)
            let reader = BackendServerReader(world: world, loadBalancer: found, context: context)
            let gone = Set(try reader.entries("BackendServers").map(\.id))
            found.servers.removeAll { gone.contains($0.id) }
            world.slb.loadBalancers[found.id] = found
            return answer(found, weightsAreTexts: false)
        }

        private static func answer(_ found: LoadBalancer, weightsAreTexts: Bool) -> JSONValue {
            [
                "LoadBalancerId": .string(found.id),
                "BackendServers": .list(
                    "BackendServer",
                    found.servers.map { server in
                        [
                            "ServerId": .string(server.id), "Type": .string(server.kind.rawValue),
                            "Weight": weightsAreTexts ? .string("\(server.weight)") : .integer(server.weight),
                            "Description": .string(server.description),
                        ]
                    }),
            ]
        }
    }
}
