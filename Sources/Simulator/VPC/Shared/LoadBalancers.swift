/// What this product has to know of load balancers.
extension World {
    /// Whether there is a load balancer with this id to which an address or an acceleration can be bound.
    func hasLoadBalancer(_ id: String) -> Bool { id.hasPrefix("lb-") && id.count > 3 }

    /// The private address of a load balancer; empty where it is not known.
    func loadBalancerAddress(_ id: String) -> String { "" }
}
