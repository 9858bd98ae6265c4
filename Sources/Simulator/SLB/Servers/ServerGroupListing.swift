import Bytes

extension SLB {
    /// Finding and describing server groups of both kinds.
    enum ServerGroupListing {
        static let handlers: [String: ActionHandler] = [
            "DescribeVServerGroups": listVServerGroups,
            "DescribeVServerGroupAttribute": describeVServerGroup,
            "DescribeMasterSlaveServerGroups": listMasterSlaveServerGroups,
            "DescribeMasterSlaveServerGroupAttribute": describeMasterSlaveServerGroup,
        ]

        @Sendable
        private static func listVServerGroups(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let current = world.slb
            let includesRules = context.parameters.flag("IncludeRule") ?? false
            let groups = try groups(.vServer, world, context)
            return [
                "VServerGroups": .list(
                    "VServerGroup",
                    groups.map { group in
                        let rules = includesRules ? current.rules.all.filter { $0.serverGroupId == group.id } : []
                        return [
                            "VServerGroupId": .string(group.id), "VServerGroupName": .string(group.name),
                            "ServerCount": .integer(group.servers.count),
                            "AssociatedObjects": [
                                "Listeners": listeners(of: group, current, context),
                                "Rules": .list(
                                    "Rule", rules.map { rule in .object(rule.identity.filter { $0.name != "VServerGroupId" }) }),
                            ],
                        ]
                    })
            ]
        }

        @Sendable
        private static func describeVServerGroup(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let group = try world.slb.serverGroup(.vServer, context)
            return [
                "VServerGroupId": .string(group.id), "VServerGroupName": .string(group.name),
                "LoadBalancerId": .string(group.loadBalancerId), "BackendServers": group.servers.rendered,
            ]
        }

        @Sendable
        private static func listMasterSlaveServerGroups(
            _ world: inout World, _ context: ActionContext
        ) throws(CloudError) -> JSONValue {
            let current = world.slb
            let groups = try groups(.masterSlave, world, context)
            return [
                "MasterSlaveServerGroups": .list(
                    "MasterSlaveServerGroup",
                    groups.map { group in
                        [
                            "MasterSlaveServerGroupId": .string(group.id), "MasterSlaveServerGroupName": .string(group.name),
                            "AssociatedObjects": ["Listeners": listeners(of: group, current, context)],
                        ]
                    })
            ]
        }

        @Sendable
        private static func describeMasterSlaveServerGroup(
            _ world: inout World, _ context: ActionContext
        ) throws(CloudError) -> JSONValue {
            let group = try world.slb.serverGroup(.masterSlave, context)
            return [
                "MasterSlaveServerGroupId": .string(group.id), "MasterSlaveServerGroupName": .string(group.name),
                "LoadBalancerId": .string(group.loadBalancerId), "MasterSlaveBackendServers": group.servers.renderedWithRoles,
            ]
        }

        private static func groups(
            _ kind: ServerGroup.Kind, _ world: World, _ context: ActionContext
        ) throws(CloudError) -> [ServerGroup] {
            let loadBalancer = try world.slb.loadBalancer(context)
            return world.slb.serverGroups.newestFirst.filter { $0.kind == kind && $0.loadBalancerId == loadBalancer.id }
        }

        /// The listeners that forward to a group, where the call asks for them.
        private static func listeners(of group: ServerGroup, _ world: SLBWorld, _ context: ActionContext) -> JSONValue {
            let shown = context.parameters.flag("IncludeListener") == true ? world.listeners(using: group) : []
            return .list("Listener", shown.map { ["Port": .integer($0.port), "Protocol": .string($0.proto.rawValue)] })
        }
    }
}
