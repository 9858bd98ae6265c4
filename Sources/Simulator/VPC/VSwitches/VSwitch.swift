/// A subnet of a VPC in one zone.
struct VSwitch: Sendable {
    /// vSwitches of a VPC.
    static let limit = 24

    let id: String
    let vpcId: String
    let zoneId: String
    var name: String
    var description: String
    let cidrBlock: IPv4Network
    let creationTime: SimulatedTime
    var state: Timeline<ProvisioningState>
    var isDefault = false

    /// A vSwitch that is available at once when no state is given.
    init(
        id: String, vpcId: String, zoneId: String, name: String = "", description: String = "", cidrBlock: IPv4Network,
        creationTime: SimulatedTime, state: Timeline<ProvisioningState>? = nil
    ) {
        self.id = id
        self.vpcId = vpcId
        self.zoneId = zoneId
        self.name = name
        self.description = description
        self.cidrBlock = cidrBlock
        self.creationTime = creationTime
        self.state = state ?? Timeline(.available, since: creationTime)
    }

    /// Addresses that the cloud gives out: all but the first and the last three.
    var assignableCount: Int { max(0, cidrBlock.addressCount - 4) }
}

extension World {
    /// The vSwitch with this id in a region; nil takes every region.
    func existingVSwitch(_ id: String, in region: String? = nil) throws(CloudError) -> VSwitch {
        guard let vSwitch = vSwitches[id], region == nil || Geography.region(ofZone: vSwitch.zoneId)?.id == region else {
            throw CloudError("InvalidVSwitchId.NotFound")
        }
        return vSwitch
    }

    /// The private addresses in use in a vSwitch.
    func addresses(in vSwitchId: String) -> Set<String> {
        var used = slb.addresses(in: vSwitchId)
        for interface in networkInterfaces.all where interface.vSwitchId == vSwitchId {
            used.formUnion(interface.allAddresses)
        }
        for haVip in vpc.haVips.all where haVip.vSwitchId == vSwitchId { used.insert(haVip.address) }
        for gateway in vpc.vpnGateways.all where gateway.vSwitchId == vSwitchId { used.insert(gateway.intranetAddress) }
        return used
    }

    /// The lowest free address of a vSwitch, not one of `taken`; nil when it is full. The cloud keeps the first address and
    /// the last three for itself.
    func freeAddress(in vSwitch: VSwitch, besides taken: Set<String> = []) -> String? {
        let used = addresses(in: vSwitch.id).union(taken)
        var offset = 1
        while offset < vSwitch.cidrBlock.addressCount - 3, let address = vSwitch.cidrBlock.address(at: offset) {
            if !used.contains(address.text) { return address.text }
            offset += 1
        }
        return nil
    }

    /// Whether an address of a vSwitch may be given to somebody.
    func isAssignable(_ address: String, in vSwitch: VSwitch) -> Bool {
        guard let number = IPv4Address(address), vSwitch.cidrBlock.contains(number) else { return false }
        let offset = Int(number.value - vSwitch.cidrBlock.base.value)
        return offset >= 1 && offset < vSwitch.cidrBlock.addressCount - 3
    }
}
