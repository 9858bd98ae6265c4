/// A private network on a node.
struct ENSNetwork: Sendable {
    enum State: String, Hashable, Sendable {
        /// Being set up.
        case pending = "Pending"
        case available = "Available"
    }

    let id: String
    let nodeId: String
    var name = ""
    var description = ""
    let cidrBlock: IPv4Network
    let routeTableId: String
    let creationTime: SimulatedTime
    var state: Timeline<State>

    /// The ranges that a network may be cut from.
    static let ranges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].compactMap { IPv4Network($0) }
}

/// A part of a network, in which instances and load balancers have their private addresses.
struct ENSVSwitch: Sendable {
    let id: String
    let networkId: String
    let nodeId: String
    var name = ""
    var description = ""
    let cidrBlock: IPv4Network
    let creationTime: SimulatedTime
    var state: Timeline<ENSNetwork.State>

    /// Bits of the mask that a vSwitch may have.
    static let maskLengths = 16...29

    /// Addresses that nobody gets: the first and the last three.
    private static let reserved = (first: 1, last: 3)

    /// How many addresses are left besides `used`.
    func freeAddressCount(_ used: Set<String>) -> Int {
        max(0, cidrBlock.addressCount - Self.reserved.first - Self.reserved.last - used.count)
    }

    /// The lowest address that is left besides `used`; nil when there is none.
    func freeAddress(_ used: Set<String>) -> String? {
        let offsets = Self.reserved.first..<max(Self.reserved.first, cidrBlock.addressCount - Self.reserved.last)
        return offsets.lazy.compactMap { cidrBlock.address(at: $0)?.text }.first { !used.contains($0) }
    }

    /// Whether an address may be given to somebody.
    func isAssignable(_ address: String) -> Bool {
        guard let number = IPv4Address(address), cidrBlock.contains(number) else { return false }
        let offset = Int(number.value - cidrBlock.base.value)
        return offset >= Self.reserved.first && offset < cidrBlock.addressCount - Self.reserved.last
    }
}

extension World {
    /// The network that the call names.
    func edgeNetwork(_ context: ActionContext) throws(CloudError) -> ENSNetwork {
        guard let network = ens.networks[try context.required("NetworkId")] else { throw CloudError("InstanceNotFound") }
        return network
    }

    /// The vSwitch that the call names.
    func edgeVSwitch(_ context: ActionContext) throws(CloudError) -> ENSVSwitch {
        guard let vSwitch = ens.vSwitches[try context.required("VSwitchId")] else { throw CloudError("InstanceNotFound") }
        return vSwitch
    }

    /// The vSwitches of a network, oldest first.
    func edgeVSwitches(in networkId: String) -> [ENSVSwitch] {
        ens.vSwitches.all.filter { $0.networkId == networkId }
    }

    /// The addresses in use in a vSwitch.
    func edgeAddresses(in vSwitchId: String) -> Set<String> {
        let instances = ens.instances.all.filter { $0.vSwitchId == vSwitchId }.map(\.privateAddress)
        let balancers = ens.loadBalancers.all.filter { $0.vSwitchId == vSwitchId }.map(\.address)
        return Set(instances + balancers)
    }
}
