extension World {
    /// Makes an instance's public address an elastic one, which stays on the instance. Nil when the instance has none.
    @discardableResult
    mutating func convertPublicAddress(of instance: Instance, at now: SimulatedTime) -> Eip? {
        guard let address = instance.publicIpAddresses.first else { return nil }
        var eip = Eip(
            id: identifiers.resource("eip"), regionId: instance.regionId, address: address,
            bandwidth: instance.internetMaxBandwidthOut, internetChargeType: instance.internetChargeType,
            chargeType: .postPaid, expiredTime: nil, creationTime: now, state: Timeline(.inUse, since: now))
        eip.boundTarget = Eip.Target(kind: .ecsInstance, id: instance.id)
        vpc.eips[eip.id] = eip
        // The bandwidth is the address's from now on.
        instances[instance.id]?.publicIpAddresses = []
        instances[instance.id]?.internetMaxBandwidthOut = 0
        return eip
    }

    /// Whether an instance has the public address, or an elastic one is it.
    func isInUse(publicAddress: String) -> Bool {
        instances.all.contains { $0.publicIpAddresses.contains(publicAddress) }
            || vpc.eips.all.contains { $0.address == publicAddress }
    }
}
