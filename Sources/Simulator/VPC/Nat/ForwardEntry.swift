/// An entry of a DNAT table: what comes to a public address goes on to a private one.
struct ForwardEntry: Sendable {
    /// Entries of a table.
    static let limit = 40
    /// Stands for every port or protocol.
    static let anything = "any"

    let id: String
    let tableId: String
    var externalIp: String
    /// A number, or ``anything``.
    var externalPort: String
    /// `tcp`, `udp` or ``anything``.
    var ipProtocol: String
    var internalIp: String
    /// A number, or ``anything``.
    var internalPort: String
    var state: Timeline<ProvisioningState>

    /// Whether ports and protocol are all given, or all left open.
    var isConsistent: Bool {
        let open = [externalPort, internalPort, ipProtocol].count { $0 == Self.anything }
        return open == 0 || open == 3
    }

    /// Whether both take something that comes to the same address.
    func sharesSource(with other: ForwardEntry) -> Bool {
        externalIp == other.externalIp && meets(externalPort, other.externalPort) && meets(ipProtocol, other.ipProtocol)
    }

    /// Whether both lead to the same place.
    func sharesDestination(with other: ForwardEntry) -> Bool {
        internalIp == other.internalIp && meets(internalPort, other.internalPort) && meets(ipProtocol, other.ipProtocol)
    }

    private func meets(_ one: String, _ other: String) -> Bool {
        one == other || one == Self.anything || other == Self.anything
    }
}
