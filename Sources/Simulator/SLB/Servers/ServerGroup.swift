import Bytes

extension SLB {
    /// Servers that listeners or rules forward to, apart from the default group.
    struct ServerGroup: Sendable {
        enum Kind: Hashable, Sendable { case vServer, masterSlave }

        let id: String
        let kind: Kind
        let loadBalancerId: String
        let regionId: String
        var name: String
        var servers: [BackendServer]
    }
}

extension SLBWorld {
    /// The group of a kind that a call names.
    func serverGroup(_ kind: SLB.ServerGroup.Kind, _ context: ActionContext) throws(CloudError) -> SLB.ServerGroup {
        let name = kind == .vServer ? "VServerGroupId" : "MasterSlaveServerGroupId"
        let region = try context.requiredRegion()
        guard let found = serverGroups[try context.required(name)], found.kind == kind, found.regionId == region else {
            throw CloudError("InvalidParameter", about: "VServerGroupId does not exist")
        }
        return found
    }

    /// The listeners that forward to a group.
    func listeners(using group: SLB.ServerGroup) -> [SLB.Listener] {
        listeners.all.filter { $0.serverGroupId == group.id }
    }

    /// Refuses to let go of a group that something forwards to.
    func checkUnused(_ group: SLB.ServerGroup) throws(CloudError) {
        guard listeners(using: group).isEmpty else { throw CloudError("RspoolVipExist") }
        guard !rules.all.contains(where: { $0.serverGroupId == group.id }) else { throw CloudError("RspoolRuleExist") }
    }
}
