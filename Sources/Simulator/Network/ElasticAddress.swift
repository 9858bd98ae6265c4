/// An elastic address that was the public address of an instance.
struct ElasticAddress: Sendable {
    let allocationId: String
    let regionId: String
    let ipAddress: String
    /// Empty when the address is on no instance.
    var instanceId: String
    let internetChargeType: String
    /// Mbit/s.
    let bandwidth: Int
    let creationTime: SimulatedTime
}

extension World {
    /// Addresses that a region may have.
    static let elasticAddressQuota = 20

    /// The elastic address on an instance; nil for none.
    func elasticAddress(of instance: Instance) -> ElasticAddress? {
        elasticAddresses.all.first { $0.instanceId == instance.id }
    }

    /// Makes an instance's public address an elastic one, which stays on the instance. Nil when the instance has none.
    @discardableResult
    mutating func convertPublicAddress(of instance: Instance, at now: SimulatedTime) -> ElasticAddress? {
        guard let address = instance.publicIpAddresses.first else { return nil }
        let elastic = ElasticAddress(
            allocationId: identifiers.resource("eip"), regionId: instance.regionId, ipAddress: address,
            instanceId: instance.id, internetChargeType: instance.internetChargeType,
            bandwidth: instance.internetMaxBandwidthOut, creationTime: now)
        elasticAddresses[elastic.allocationId] = elastic
        // The bandwidth is the address's from now on.
        instances[instance.id]?.publicIpAddresses = []
        instances[instance.id]?.internetMaxBandwidthOut = 0
        return elastic
    }

    /// Takes the elastic address off an instance that goes; the address stays.
    mutating func releaseElasticAddress(of instance: Instance) {
        elasticAddresses.update(where: { $0.instanceId == instance.id }) { $0.instanceId = "" }
    }

    /// Whether an instance has the public address, or an elastic one is it.
    func isInUse(publicAddress: String) -> Bool {
        instances.all.contains { $0.publicIpAddresses.contains(publicAddress) }
            || elasticAddresses.all.contains { $0.ipAddress == publicAddress }
    }
}
