import Bytes

extension SLB {
    /// The health of servers, as the checks of listeners see it: DescribeHealthStatus.
    enum HealthListing {
        static let handlers: [String: ActionHandler] = ["DescribeHealthStatus": list]

        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let loadBalancer = try world.slb.loadBalancer(context)
            let port = context.parameters.integer("ListenerPort")
            let proto = context.parameters.text("ListenerProtocol")
            let listeners = world.slb.listeners(of: loadBalancer.id).filter {
                (port == nil || $0.port == port) && (proto == nil || $0.proto.rawValue == proto)
            }
            // Asked about a port, the cloud wants one that is checked.
            guard port == nil || listeners.contains(where: { $0.isOn("HealthCheck") }) else {
                throw CloudError("CheckedListenerNotFound")
            }
            var rows: [JSONValue] = []
            for listener in listeners {
                let group = listener.serverGroupId.flatMap { world.slb.serverGroups[$0] }
                for server in group?.servers ?? loadBalancer.servers {
                    rows.append([
                        "ListenerPort": .integer(listener.port), "Protocol": .string(listener.proto.rawValue),
                        "ServerId": .string(server.id),
                        "Port": .integer(server.port ?? listener.number("BackendServerPort") ?? listener.port),
                        "ServerIp": .string(world.address(of: server) ?? ""),
                        "ServerHealthStatus": .string(health(of: server, behind: listener, loadBalancer, world, context)),
                    ])
                }
            }
            return ["BackendServers": .list("BackendServer", rows)]
        }

        /// `unavailable` where nothing is checked, or the first check has not ended; else as the server's machine is.
        private static func health(
            of server: BackendServer, behind listener: Listener, _ loadBalancer: LoadBalancer, _ world: World,
            _ context: ActionContext
        ) -> String {
            guard listener.isOn("HealthCheck"), listener.state.state(at: context.now) == .running,
                loadBalancer.status(at: context.now) == .active
            else { return "unavailable" }
            guard let machine = world.machine(of: server, at: context.now), machine.state.state(at: context.now) == .running
            else { return "abnormal" }
            let begin = max(listener.state.start(at: context.now), server.addedTime, machine.state.start(at: context.now))
            let interval = context.durations.scaled(Int64(listener.number("HealthCheckInterval") ?? 2) * 1000)
            return begin.adding(milliseconds: interval) <= context.now ? "normal" : "unavailable"
        }
    }
}
