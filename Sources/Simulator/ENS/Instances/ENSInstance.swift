/// A virtual machine on an edge node.
struct ENSInstance: Sendable {
    enum State: String, Hashable, Sendable {
        case starting = "Starting"
        case running = "Running"
        case stopping = "Stopping"
        case stopped = "Stopped"
        /// The paid time is over.
        case expired = "Expired"
    }

    /// How the instance came into being, and with it how it is paid for.
    enum Kind: String, Hashable, Sendable {
        /// Bought singly for some months.
        case subscription = "EnsInstance"
        /// Bought singly and paid for by use.
        case postPaid = "EnsPostPaidInstance"
        case service = "EnsService"
        case buildMachine = "BuildMachine"
    }

    struct Disk: Hashable, Sendable {
        let id: String
        /// GiB.
        var size: Int
    }

    struct Address: Hashable, Sendable {
        var ip: String
        var carrier: ENSCarrier

        /// The first address of the network that it lies in; of IPv6 the same with `::1`.
        var gateway: String {
            if let colon = ip.lastIndex(of: ":") { return ip[...colon] + "1" }
            return ip.split(separator: ".").dropLast().joined(separator: ".") + ".1"
        }
    }

    let id: String
    let nodeId: String
    var name: String
    var hostName: String
    let spec: ENSInstanceSpec
    let image: ENSImage
    var kind = Kind.subscription
    let creationTime: SimulatedTime
    /// Without the end of the paid time, which ``state(at:)`` heeds.
    var lifecycle: Timeline<State>
    /// End of the paid time; nil where use is paid for.
    var expiredTime: SimulatedTime?
    /// Months of each automatic renewal; nil without.
    var renewalMonths: Int?
    let systemDisk: Disk
    var dataDisks: [Disk] = []
    var publicAddresses: [Address] = []
    var privateAddress: String
    /// Empty outside networks of the account.
    var networkId = ""
    var vSwitchId = ""
    var securityGroupIds: [String] = []
    var keyPairName = ""
    var hasPassword = false
    /// Mbit/s.
    var bandwidth = ENSInstanceSpec.bandwidthLimit
    /// Of the edge service that the instance belongs to; empty without.
    var serviceId = ""

    func state(at now: SimulatedTime) -> State {
        if let expiredTime, expiredTime <= now { return .expired }
        return lifecycle.state(at: now)
    }

    /// Whether the paid time is over and is to be prolonged.
    func isRenewalDue(at now: SimulatedTime) -> Bool {
        renewalMonths != nil && (expiredTime.map { $0 <= now } ?? false)
    }

    /// Prolongs the paid time as often as it takes to be paid at `now`.
    mutating func renew(until now: SimulatedTime) {
        guard let months = renewalMonths, months > 0, var end = expiredTime else { return }
        while end <= now { end = end.adding(seconds: Int64(months) * Self.month) }
        expiredTime = end
    }

    /// Seconds of a month that is paid for.
    static let month: Int64 = 30 * 86_400
}

extension World {
    /// The instance of the edge with this id.
    func edgeInstance(_ id: String) throws(CloudError) -> ENSInstance {
        guard let instance = ens.instances[id] else { throw CloudError("InstanceNotFound") }
        return instance
    }

    /// The instance that the call names with `InstanceId`.
    func edgeInstance(_ context: ActionContext) throws(CloudError) -> ENSInstance {
        try edgeInstance(try context.required("InstanceId"))
    }

    /// Removes an instance from everything that it takes part in.
    mutating func remove(_ instance: ENSInstance) {
        ens.loadBalancers.update(where: { $0.backends.contains { $0.serverId == instance.id } }) { balancer in
            balancer.backends.removeAll { $0.serverId == instance.id }
        }
        ens.addresses.update(where: { $0.binding?.resourceId == instance.id }) { $0.release() }
        let addresses = Set(instance.publicAddresses.map(\.ip))
        ens.epnInstances.update(where: { !addresses.isDisjoint(with: $0.publicAddresses) }) { epn in
            epn.publicAddresses.removeAll { addresses.contains($0) }
        }
        ens.instances[instance.id] = nil
    }
}
