import Bytes

extension SLB {
    /// Making and deleting groups of two servers, of which the second stands in for the first.
    enum MasterSlaveServerGroupActions {
        static let handlers: [String: ActionHandler] = [
            "CreateMasterSlaveServerGroup": create,
            "DeleteMasterSlaveServerGroup": delete,
        ]

        @Sendable
        private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let loadBalancer = try world.slb.loadBalancer(context)
            let reader = BackendServerReader(world: world, loadBalancer: loadBalancer, context: context)
            let entries = try reader.entries("MasterSlaveBackendServers")
            guard entries.count == 2 else { throw CloudError("BACKEND_SERVERS_NUM_MUST_BE_TWO") }
            guard !entries[0].isSame(as: entries[1]) else {
                throw CloudError("BACKEND_SERVERS_HAVE_SAME_PORT_AND_SERVERID")
            }
            guard Set(entries.map { $0.role ?? .master }) == [.master, .slave] else {
                throw CloudError("BACKEND_SERVERS_CAN_ONLY_CONTAIN_ONE_MASTER_AND_ONE_SLAVE")
            }
            let name = context.parameters.text("MasterSlaveServerGroupName")
            guard name.map({ SLB.Naming.isLabel($0) }) ?? true else { throw .invalid("MasterSlaveServerGroupName") }
            var servers = try reader.newServers("MasterSlaveBackendServers", besides: [])
            for index in servers.indices { servers[index].role = servers[index].role ?? .master }
            let group = ServerGroup(
                id: world.identifiers.resource("rsp"), kind: .masterSlave, loadBalancerId: loadBalancer.id,
                regionId: loadBalancer.regionId, name: name ?? "rsp", servers: servers)
            world.slb.serverGroups[group.id] = group
            return ["MasterSlaveServerGroupId": .string(group.id), "MasterSlaveBackendServers": servers.renderedWithRoles]
        }

        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let group = try world.slb.serverGroup(.masterSlave, context)
            try world.slb.checkUnused(group)
            world.slb.serverGroups[group.id] = nil
            return .empty
        }
    }
}

extension [SLB.BackendServer] {
    /// The servers as answers about master-slave groups list them.
    var renderedWithRoles: JSONValue { .list("MasterSlaveBackendServer", map { .object($0.members) }) }
}
