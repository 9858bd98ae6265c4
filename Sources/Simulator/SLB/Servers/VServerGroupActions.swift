import Bytes

extension SLB {
    /// Making and changing vserver groups.
    enum VServerGroupActions {
        static let handlers: [String: ActionHandler] = [
            "CreateVServerGroup": create,
            "SetVServerGroupAttribute": set,
            "AddVServerGroupBackendServers": add,
            "ModifyVServerGroupBackendServers": replace,
            "RemoveVServerGroupBackendServers": remove,
            "DeleteVServerGroup": delete,
        ]

        @Sendable
        private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let loadBalancer = try world.slb.loadBalancer(context)
            let reader = BackendServerReader(world: world, loadBalancer: loadBalancer, context: context)
            let servers = try reader.newServers("BackendServers", besides: [])
            let group = ServerGroup(
                id: world.identifiers.resource("rsp"), kind: .vServer, loadBalancerId: loadBalancer.id,
                regionId: loadBalancer.regionId, name: try name(context) ?? "rsp", servers: servers)
            world.slb.serverGroups[group.id] = group
            return ["VServerGroupId": .string(group.id), "BackendServers": servers.rendered]
        }

        /// The name, and weights and descriptions of servers that are there.
        @Sendable
        private static func set(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var group = try world.slb.serverGroup(.vServer, context)
            group.name = try name(context) ?? group.name
            let given = context.parameters.objects("BackendServers") ?? []
            for (entry, server) in zip(given, try reader(world, group, context).entries("BackendServers")) {
                guard let index = group.servers.firstIndex(where: { $0.matches(server) }) else {
                    throw CloudError("InvalidServerId.NotFound")
                }
                if entry.text("Weight") != nil { group.servers[index].weight = server.weight }
                if entry.text("Description") != nil { group.servers[index].description = server.description }
            }
            world.slb.serverGroups[group.id] = group
            return [
                "VServerGroupId": .string(group.id), "VServerGroupName": .string(group.name),
                "BackendServers": group.servers.rendered,
            ]
        }

        @Sendable
        private static func add(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var group = try world.slb.serverGroup(.vServer, context)
            group.servers += try reader(world, group, context).newServers("BackendServers", besides: group.servers)
            world.slb.serverGroups[group.id] = group
            return answer(group)
        }

        /// Old servers make room for new ones.
        @Sendable
        private static func replace(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var group = try world.slb.serverGroup(.vServer, context)
            let reader = try reader(world, group, context)
            for server in try reader.entries("OldBackendServers") {
                guard let index = group.servers.firstIndex(where: { $0.matches(server) }) else {
                    throw CloudError("InvalidServerId.NotFound")
                }
                group.servers.remove(at: index)
            }
            group.servers += try reader.newServers("NewBackendServers", besides: group.servers)
            world.slb.serverGroups[group.id] = group
            return answer(group)
        }

        /// Servers that are not there are passed over. Without a port all entries of a server go.
        @Sendable
        private static func remove(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var group = try world.slb.serverGroup(.vServer, context)
            let gone = try reader(world, group, context).entries("BackendServers")
            group.servers.removeAll { server in gone.contains { server.matches($0) } }
            world.slb.serverGroups[group.id] = group
            return [
                "VServerGroupId": .string(group.id),
                // Without descriptions, as the reference has it.
                "BackendServers": .list(
                    "BackendServer",
                    group.servers.map { server in
                        .object(server.members.filter { $0.name != "Description" })
                    }),
            ]
        }

        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let group = try world.slb.serverGroup(.vServer, context)
            try world.slb.checkUnused(group)
            world.slb.serverGroups[group.id] = nil
            return .empty
        }

        private static func name(_ context: ActionContext) throws(CloudError) -> String? {
            guard let name = context.parameters.text("VServerGroupName") else { return nil }
            guard SLB.Naming.isLabel(name) else { throw .invalid("VServerGroupName") }
            return name
        }

        private static func reader(
            _ world: World, _ group: ServerGroup, _ context: ActionContext
        ) throws(CloudError) -> BackendServerReader {
            BackendServerReader(
                world: world, loadBalancer: try world.slb.loadBalancer(group.loadBalancerId, in: nil), context: context)
        }

        private static func answer(_ group: ServerGroup) -> JSONValue {
            ["VServerGroupId": .string(group.id), "BackendServers": group.servers.rendered]
        }
    }
}

extension SLB.BackendServer {
    /// Whether an entry of a request means this server: by its id, and by port and address where it names them.
    fileprivate func matches(_ wanted: SLB.BackendServer) -> Bool {
        id == wanted.id && (wanted.port == nil || port == wanted.port) && (wanted.address.isEmpty || wanted.address == address)
    }
}

extension [SLB.BackendServer] {
    /// The servers as answers about vserver groups list them.
    var rendered: JSONValue { .list("BackendServer", map { .object($0.members) }) }
}
