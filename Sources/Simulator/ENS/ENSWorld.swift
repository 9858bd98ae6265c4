/// What exists of the product in the simulated cloud. Ids hold for all nodes.
struct ENSWorld: Sendable {
    var instances = Table<ENSInstance>()
    /// By name.
    var keyPairs = Table<ENSKeyPair>()
    var securityGroups = Table<ENSSecurityGroup>()
    var networks = Table<ENSNetwork>()
    var vSwitches = Table<ENSVSwitch>()
    var epnInstances = Table<ENSEpnInstance>()
    var loadBalancers = Table<ENSLoadBalancer>()
    var addresses = Table<ENSAddress>()
    /// How the account pays for the bandwidth of instances; fixed by the first purchase.
    var bandwidthChargeType: String?
    /// How the account pays for the bandwidth of EPN instances; fixed by the first one.
    var epnChargeType: String?
    /// Public addresses given away so far.
    private var publicAddressCount = 0

    /// A public address that nobody has, of the carrier's own range.
    mutating func takePublicAddress(_ carrier: ENSCarrier) -> String {
        publicAddressCount += 1
        let number = publicAddressCount
        return "\(carrier.addressRange).\(number / 250 % 250).\(number % 250 + 4)"
    }
}

extension World {
    /// Carries out what fell due in this product up to `now`: renewals of subscriptions.
    mutating func settleENS(at now: SimulatedTime) {
        ens.instances.update(where: { $0.isRenewalDue(at: now) }) { $0.renew(until: now) }
    }
}
