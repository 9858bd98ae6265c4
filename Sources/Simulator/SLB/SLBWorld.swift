/// What exists of the product in the simulated cloud.
struct SLBWorld: Sendable {
    var loadBalancers = Table<SLB.LoadBalancer>()
    /// By ``SLB/Listener/Key/text``.
    var listeners = Table<SLB.Listener>()
    /// VServer groups and master-slave groups.
    var serverGroups = Table<SLB.ServerGroup>()
    var rules = Table<SLB.ForwardingRule>()
    var domainExtensions = Table<SLB.DomainExtension>()
    /// Server certificates and those of authorities.
    var certificates = Table<SLB.Certificate>()
    var cipherPolicies = Table<SLB.TLSCipherPolicy>()
    var accessControlLists = Table<SLB.AccessControlList>()
    /// Of load balancers, certificates and access control lists.
    var tags: [SLB.TagKey: [ResourceTag]] = [:]
}

extension SLBWorld {
    /// The load balancer with this id; in a region, when one is named.
    func loadBalancer(_ id: String, in region: String?) throws(CloudError) -> SLB.LoadBalancer {
        guard let found = loadBalancers[id], region == nil || found.regionId == region else {
            throw CloudError("InvalidLoadBalancerId.NotFound")
        }
        return found
    }

    /// The load balancer that a call names.
    func loadBalancer(_ context: ActionContext) throws(CloudError) -> SLB.LoadBalancer {
        try loadBalancer(try context.required("LoadBalancerId"), in: try context.region())
    }

    /// The listeners of a load balancer, in the order of their creation.
    func listeners(of loadBalancerId: String) -> [SLB.Listener] {
        listeners.all.filter { $0.loadBalancerId == loadBalancerId }
    }

    /// The private addresses that load balancers have in a vSwitch.
    func addresses(in vSwitchId: String) -> Set<String> {
        Set(loadBalancers.all.filter { $0.vSwitchId == vSwitchId }.map(\.address))
    }

    /// Removes a listener with what hangs on it.
    mutating func remove(_ listener: SLB.Listener) {
        for rule in rules.all where rule.listener == listener.key { rules[rule.id] = nil }
        for domain in domainExtensions.all where domain.listener == listener.key { domainExtensions[domain.id] = nil }
        listeners[listener.key.text] = nil
    }

    /// Removes a load balancer with everything that is its own.
    mutating func remove(_ loadBalancer: SLB.LoadBalancer) {
        for listener in listeners(of: loadBalancer.id) { remove(listener) }
        for group in serverGroups.all where group.loadBalancerId == loadBalancer.id { serverGroups[group.id] = nil }
        tags[SLB.TagKey(kind: .instance, id: loadBalancer.id)] = nil
        loadBalancers[loadBalancer.id] = nil
    }
}

extension World {
    /// Carries out what fell due in this product up to `now`: changes of charges, and the end of servers.
    mutating func settleSLB(at now: SimulatedTime) {
        slb.loadBalancers.update(where: { $0.pendingCharge.map { $0.start <= now } ?? false }) { $0.settleCharge() }
        let current = self
        func exists(_ server: SLB.BackendServer) -> Bool { current.exists(server) }
        slb.loadBalancers.update(where: { !$0.servers.allSatisfy(exists) }) { $0.servers.removeAll { !exists($0) } }
        slb.serverGroups.update(where: { !$0.servers.allSatisfy(exists) }) { $0.servers.removeAll { !exists($0) } }
    }
}
