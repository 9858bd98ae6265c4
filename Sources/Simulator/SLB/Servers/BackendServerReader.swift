extension SLB {
    /// Reads lists of servers from parameters, and checks that a load balancer may have them.
    struct BackendServerReader {
        let world: World
        let loadBalancer: LoadBalancer
        let context: ActionContext

        /// Servers in one group.
        static let quotaPerGroup = 200

        /// The entries of a list that names servers of a group, new ones or old; empty when the parameter is absent.
        func entries(_ name: String) throws(CloudError) -> [BackendServer] {
            try (context.parameters.objects(name) ?? []).map { entry throws(CloudError) in
                let kind = BackendServer.Kind(rawValue: entry.text("Type") ?? "ecs") ?? .ecs
                if let text = entry.text("Description"), !SLB.Naming.isLabel(text) { throw .invalid(name) }
                return BackendServer(
                    id: entry.text("ServerId") ?? "", kind: kind, port: entry.integer("Port"),
                    weight: entry.integer("Weight") ?? 100,
                    description: entry.text("Description") ?? "", address: entry.text("ServerIp") ?? "",
                    role: entry.text("ServerType").flatMap { BackendServer.Role(rawValue: $0) }, addedTime: context.now)
            }
        }

        /// The servers of a list that are to join a group which has `present`.
        func newServers(_ name: String, besides present: [BackendServer]) throws(CloudError) -> [BackendServer] {
            var servers: [BackendServer] = []
            for server in try entries(name) {
                try checkMachine(server)
                // Named twice in one call, an instance counts once.
                if server.kind == .ecs, servers.contains(where: { $0.isSame(as: server) }) { continue }
                guard !present.contains(where: { $0.isSame(as: server) }) else {
                    throw CloudError("InvalidParameter", about: "resource already exists")
                }
                servers.append(server)
            }
            try checkNetwork(of: servers, besides: present)
            guard present.count + servers.count <= Self.quotaPerGroup else {
                throw CloudError("OverQuota", about: "Total is over")
            }
            return servers
        }

        /// Only what exists and runs can join.
        private func checkMachine(_ server: BackendServer) throws(CloudError) {
            switch server.kind {
            case .ecs:
                guard let instance = world.instances[server.id], instance.regionId == loadBalancer.regionId,
                    instance.state.state(at: context.now) == .running
                else { throw CloudError("ObtainIpFail") }
                guard server.address.isEmpty || server.address == instance.privateIpAddress else {
                    throw CloudError("ObtainIpFail")
                }
            case .eni:
                guard let interface = world.networkInterfaces[server.id], interface.regionId == loadBalancer.regionId else {
                    throw CloudError("ObtainIpFail")
                }
                guard server.address.isEmpty || interface.allAddresses.contains(server.address) else {
                    throw CloudError("ObtainIpFail")
                }
            // The simulated cloud has no container instances.
            case .eci: throw CloudError("ObtainIpFail")
            }
        }

        /// All servers are in one network: that of a private load balancer, else that of the others.
        private func checkNetwork(of servers: [BackendServer], besides present: [BackendServer]) throws(CloudError) {
            let groups = world.slb.serverGroups.all.filter { $0.loadBalancerId == loadBalancer.id }
            let others = loadBalancer.servers + groups.flatMap(\.servers) + present
            let wanted = loadBalancer.vpcId.isEmpty ? (others + servers).first.map { world.vpcId(of: $0) } : loadBalancer.vpcId
            guard servers.allSatisfy({ world.vpcId(of: $0) == wanted }) else {
                throw loadBalancer.vpcId.isEmpty
                    ? CloudError("InvalidBackendServers.Inconsistent")
                    : CloudError("NetworkConflict", about: "The servers are in another VPC than the load balancer.")
            }
        }
    }
}
