/// A load balancer on an edge node.
struct ENSLoadBalancer: Sendable {
    enum Status: String, Hashable, Sendable {
        /// The listeners forward.
        case active = "Active"
        /// They do not.
        case inactive = "InActive"
    }

    /// An instance that traffic goes to.
    struct Backend: Hashable, Sendable {
        let serverId: String
        let ip: String
        /// 0: the port of the listener.
        let port: Int
        var weight: Int
    }

    let id: String
    let nodeId: String
    var name: String
    let spec: String
    let networkId: String
    let vSwitchId: String
    let address: String
    let creationTime: SimulatedTime
    var status = Status.active
    /// In the order of their creation.
    var listeners: [ENSListener] = []
    var backends: [Backend] = []

    /// Mbit/s of a load balancer without an address of its own.
    static let standardBandwidth = 5
}

extension World {
    /// The load balancer that the call names.
    func edgeLoadBalancer(_ context: ActionContext) throws(CloudError) -> ENSLoadBalancer {
        guard let balancer = ens.loadBalancers[try context.required("LoadBalancerId")] else {
            throw CloudError("InstanceNotFound")
        }
        return balancer
    }

    /// Mbit/s that reach a load balancer: those of its public addresses.
    func bandwidth(of balancer: ENSLoadBalancer, at now: SimulatedTime) -> Int {
        let bound = boundAddresses(of: balancer.id, at: now)
        return bound.isEmpty ? ENSLoadBalancer.standardBandwidth : bound.reduce(0) { $0 + $1.bandwidth }
    }
}
