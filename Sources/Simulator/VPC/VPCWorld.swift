/// What exists of the product in the simulated cloud, besides VPCs and vSwitches, which other products share.
struct VPCWorld: Sendable {
    var routeTables = Table<RouteTable>()
    var eips = Table<Eip>()
    var commonPackages = Table<CommonBandwidthPackage>()
    var natGateways = Table<NatGateway>()
    var bandwidthPackages = Table<BandwidthPackage>()
    var forwardEntries = Table<ForwardEntry>()
    var snatEntries = Table<SnatEntry>()
    var vpnGateways = Table<VpnGateway>()
    var customerGateways = Table<CustomerGateway>()
    var vpnConnections = Table<VpnConnection>()
    var physicalConnections = Table<PhysicalConnection>()
    var borderRouters = Table<BorderRouter>()
    var routerInterfaces = Table<RouterInterface>()
    var accelerations = Table<GlobalAcceleration>()
    var haVips = Table<HaVip>()
}

extension World {
    /// Carries out what fell due in this product up to `now`: what was unbound is free, what was deleted is gone.
    mutating func settleVPC(at now: SimulatedTime) {
        settleEips(at: now)
        settleHaVips(at: now)
        settleAccelerations(at: now)
        settleVpnGateways(at: now)
    }

    /// Frees what of this product is bound to an instance that goes.
    mutating func unbindNetwork(fromInstance id: String) {
        freeEips(of: Eip.Target(kind: .ecsInstance, id: id))
        freeHaVips(ofInstance: id)
        freeAccelerations(ofServer: id)
    }

    /// Frees what of this product is bound to a load balancer that goes.
    mutating func unbindNetwork(fromLoadBalancer id: String) {
        freeEips(of: Eip.Target(kind: .slbInstance, id: id))
        freeAccelerations(ofServer: id)
    }
}
