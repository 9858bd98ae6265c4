/// An entry of an SNAT table: what a vSwitch sends to the Internet comes from a public address.
struct SnatEntry: Sendable {
    let id: String
    let tableId: String
    let vSwitchId: String
    let cidrBlock: IPv4Network
    /// The public addresses that are used in turn.
    var addresses: [String]
    var state: Timeline<ProvisioningState>
}

extension World {
    /// The entries of an SNAT table, oldest first.
    func snatEntries(in tableId: String) -> [SnatEntry] {
        vpc.snatEntries.all.filter { $0.tableId == tableId }
    }
}
