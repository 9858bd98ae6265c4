import Bytes

/// Adding addresses to the bandwidth packages of NAT gateways, and taking them away.
enum BandwidthPackageAddresses {
    static let handlers: [String: ActionHandler] = [
        "AddBandwidthPackageIps": add,
        "RemoveBandwidthPackageIps": remove,
    ]

    private static let limit = 50

    /// `IpCount` is the number of addresses afterwards.
    @Sendable
    private static func add(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let package = try world.bandwidthPackage(context, in: try context.knownRegion())
        guard let count = Int(try context.required("IpCount")), count > package.addresses.count, count <= limit else {
            throw CloudError("InvalidIpCount.ValueNotSupported")
        }
        let added = world.makeAddresses(count - package.addresses.count)
        world.vpc.bandwidthPackages[package.id]?.addresses += added
        return .empty
    }

    @Sendable
    private static func remove(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let package = try world.bandwidthPackage(context, in: try context.knownRegion())
        let ids = Set(context.parameters.list("RemovedIpAddresses"))
        let removed = package.addresses.filter { ids.contains($0.id) }
        guard removed.count == ids.count else { throw CloudError("InvalidRemovedIpAddresses.NotFound") }
        guard removed.count < package.addresses.count else { throw CloudError("Forbidden.RemoveAllIps") }
        guard !removed.contains(where: { world.isUsedByNat($0.address) }) else {
            throw CloudError("Forbidden.SomeIpReferredByForwardEntry")
        }
        world.vpc.bandwidthPackages[package.id]?.addresses.removeAll { ids.contains($0.id) }
        return .empty
    }
}
