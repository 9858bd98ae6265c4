/// A gateway between a VPC and the Internet, with one DNAT table and one SNAT table.
struct NatGateway: Sendable {
    /// Bandwidth packages of a gateway.
    static let packageLimit = 4

    enum State: String, Hashable, Sendable {
        case initiating = "Initiating"
        case available = "Available"
        case pending = "Pending"
    }

    let id: String
    let regionId: String
    let vpcId: String
    var name = ""
    var description = ""
    var spec = "Small"
    let forwardTableId: String
    let snatTableId: String
    let creationTime: SimulatedTime
    var state: Timeline<State>
}

/// Bandwidth of a NAT gateway together with public addresses.
struct BandwidthPackage: Sendable {
    struct Address: Hashable, Sendable {
        let id: String
        let address: String
    }

    let id: String
    let regionId: String
    let zoneId: String
    let natGatewayId: String
    var name: String
    var description = ""
    /// Mbit/s.
    var bandwidth: Int
    var addresses: [Address]
    let creationTime: SimulatedTime
}

extension World {
    /// The gateway that the call names as `NatGatewayId` in `region`.
    func natGateway(_ context: ActionContext, in region: String) throws(CloudError) -> NatGateway {
        guard let gateway = vpc.natGateways[try context.required("NatGatewayId")], gateway.regionId == region else {
            throw CloudError("InvalidNatGatewayId.NotFound")
        }
        return gateway
    }

    /// The bandwidth packages of a gateway.
    func bandwidthPackages(ofGateway id: String) -> [BandwidthPackage] {
        vpc.bandwidthPackages.all.filter { $0.natGatewayId == id }
    }

    /// The public addresses of a gateway: those of its packages, and those that are bound to it.
    func publicAddresses(of gateway: NatGateway, at now: SimulatedTime) -> Set<String> {
        let own = bandwidthPackages(ofGateway: gateway.id).flatMap(\.addresses).map(\.address)
        return Set(own + eips(of: Eip.Target(kind: .nat, id: gateway.id), at: now).map(\.address))
    }

    /// Adds a bandwidth package to a gateway and gives its id. Its name is its id unless it gets another.
    mutating func addBandwidthPackage(
        to gateway: NatGateway, bandwidth: Int, addressCount: Int, zone: String?, at now: SimulatedTime
    ) -> String {
        let id = identifiers.resource("bwp")
        let zones = Geography.region(gateway.regionId)?.zones ?? []
        let package = BandwidthPackage(
            id: id, regionId: gateway.regionId, zoneId: zone ?? zones.first ?? "", natGatewayId: gateway.id, name: id,
            bandwidth: bandwidth, addresses: makeAddresses(addressCount), creationTime: now)
        vpc.bandwidthPackages[id] = package
        return id
    }

    /// New addresses of a bandwidth package.
    mutating func makeAddresses(_ count: Int) -> [BandwidthPackage.Address] {
        (0..<max(0, count)).map { _ in
            BandwidthPackage.Address(id: identifiers.resource("nateip"), address: PublicAddress.make(&self))
        }
    }
}
