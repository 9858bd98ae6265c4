/// The routes of one router.
struct RouteTable: Sendable {
    /// Routes of users in one table.
    static let limit = 48
    /// Routes to HaVips in one VPC.
    static let haVipLimit = 5

    enum Owner: Hashable, Sendable {
        case vpc(String)
        case borderRouter(String)
    }

    let id: String
    let owner: Owner
    let creationTime: SimulatedTime
    /// What users added, oldest first. The cloud's own routes follow from the networks.
    var entries: [RouteEntry] = []

    /// Whether a route is on its way.
    func isUnsettled(at now: SimulatedTime) -> Bool {
        entries.contains { !$0.state.isSettled(at: now) }
    }

    /// The route to exactly this destination.
    func entry(to destination: IPv4Network) -> RouteEntry? {
        entries.first { $0.destination == destination }
    }
}

/// A route that a user added, or that came with a NAT gateway.
struct RouteEntry: Sendable {
    struct Hop: Hashable, Sendable {
        enum Kind: String, Hashable, Sendable {
            case instance = "Instance"
            case tunnel = "Tunnel"
            case haVip = "HaVip"
            case routerInterface = "RouterInterface"
            case vpnGateway = "VpnGateway"
            case natGateway = "NatGateway"
        }

        var kind: Kind
        var id: String
        var weight = 0
    }

    /// The destination that takes everything.
    static let everything = IPv4Network("0.0.0.0/0")

    let destination: IPv4Network
    /// One, or 2 to 4 of a multipath route.
    let hops: [Hop]
    let isMultipath: Bool
    var state: Timeline<ProvisioningState>
}

extension World {
    /// The route table with this id.
    func routeTable(_ id: String) throws(CloudError) -> RouteTable {
        guard let table = vpc.routeTables[id] else { throw CloudError("InvalidRouteTableId.NotFound") }
        return table
    }

    /// Whether a route leads to something with this id.
    func hasRoute(to id: String) -> Bool {
        vpc.routeTables.all.contains { $0.entries.contains { $0.hops.contains { $0.id == id } } }
    }

    /// Takes away the routes that lead to something which goes.
    mutating func removeRoutes(to id: String) {
        vpc.routeTables.update(where: { $0.entries.contains { $0.hops.contains { $0.id == id } } }) { table in
            table.entries.removeAll { $0.hops.contains { $0.id == id } }
        }
    }
}
