/// An elastic public address of a node.
struct ENSAddress: Sendable {
    enum State: String, Hashable, Sendable {
        case available = "Available"
        case associating = "Associating"
        case inUse = "InUse"
        case unassociating = "Unassociating"
    }

    /// What the address is bound to.
    struct Binding: Hashable, Sendable {
        let resourceId: String
        /// `SlbInstance`, `NatSlbInstance` or `EnsInstance`.
        let type: String
    }

    let id: String
    let nodeId: String
    let ip: String
    let carrier: ENSCarrier
    var name = ""
    var description = ""
    /// Mbit/s.
    var bandwidth: Int
    let chargeType: String
    let internetChargeType: String
    let creationTime: SimulatedTime
    var lifecycle: Timeline<State>
    /// The latest binding; it is over once the address is available.
    var binding: Binding?

    static let standardBandwidth = 5

    func state(at now: SimulatedTime) -> State { lifecycle.state(at: now) }

    /// What the address is bound to at an instant, on its way to or from it too.
    func binding(at now: SimulatedTime) -> Binding? { state(at: now) == .available ? nil : binding }

    /// Lets the address go at once, since what it was bound to is gone.
    mutating func release() {
        binding = nil
        lifecycle = Timeline(.available, since: lifecycle.end)
    }
}

extension World {
    /// The addresses that are bound to a resource at an instant.
    func boundAddresses(of resourceId: String, at now: SimulatedTime) -> [ENSAddress] {
        ens.addresses.all.filter { $0.binding(at: now)?.resourceId == resourceId }
    }

    /// The address that the call names.
    func edgeAddress(_ context: ActionContext) throws(CloudError) -> ENSAddress {
        guard let address = ens.addresses[try context.required("AllocationId")] else { throw CloudError("InstanceNotFound") }
        return address
    }
}
