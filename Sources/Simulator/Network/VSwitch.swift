/// A subnet of a VPC in one zone.
struct VSwitch: Sendable {
    let id: String
    let vpcId: String
    let zoneId: String
    var name = ""
    var description = ""
    let cidrBlock: IPv4Network
    let creationTime: SimulatedTime
}

extension World {
    /// The private addresses in use in a vSwitch.
    func addresses(in vSwitchId: String) -> Set<String> {
        var used = slb.addresses(in: vSwitchId)
        for interface in networkInterfaces.all where interface.vSwitchId == vSwitchId {
            used.formUnion(interface.allAddresses)
        }
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
