import Bytes

/// Making, finding, changing and deleting the bandwidth packages of NAT gateways.
enum BandwidthPackageActions {
    static let handlers: [String: ActionHandler] = [
        "CreateBandwidthPackage": create,
        "DescribeBandwidthPackages": list,
        "ModifyBandwidthPackageAttribute": modify,
        "ModifyBandwidthPackageSpec": modifySpec,
        "DeleteBandwidthPackage": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let gateway = try world.natGateway(context, in: region)
        guard let count = context.parameters.integer("IpCount") else { throw CloudError("MissingParameter.IpCount") }
        guard let bandwidth = context.parameters.integer("Bandwidth") else {
            throw CloudError("MissingParameter.Bandwidth")
        }
        let zone = context.parameters.text("Zone")
        guard zone.map({ Geography.region(ofZone: $0)?.id == region }) ?? true else {
            throw CloudError("InvalidZoneId.NotFound")
        }
        guard world.bandwidthPackages(ofGateway: gateway.id).count < NatGateway.packageLimit else {
            throw CloudError("QuotaExceeded.BandwidthPackageCountOnNatGateway")
        }
        let id = world.addBandwidthPackage(
            to: gateway, bandwidth: bandwidth, addressCount: count, zone: zone, at: context.now)
        if var package = world.vpc.bandwidthPackages[id] {
            try set(&package, context)
            world.vpc.bandwidthPackages[id] = package
        }
        return ["BandwidthPackageId": .string(id)]
    }

    private static func set(_ package: inout BandwidthPackage, _ context: ActionContext) throws(CloudError) {
        package.name =
            try context.name("Name", .dotted, orElse: CloudError("InvalidParameter.Name.Malformed")) ?? package.name
        package.description =
            try context.description(orElse: CloudError("InvalidParameter.Description.Malformed")) ?? package.description
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let found = world.vpc.bandwidthPackages.newestFirst.filter {
            $0.regionId == region && context.matches([("BandwidthPackageId", $0.id), ("NatGatewayId", $0.natGatewayId)])
        }
        let page = try Page(found, context)
        return .object(page.members("BandwidthPackages", "BandwidthPackage", \.rendered))
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var package = try world.bandwidthPackage(context, in: try context.knownRegion())
        try set(&package, context)
        world.vpc.bandwidthPackages[package.id] = package
        return .empty
    }

    @Sendable
    private static func modifySpec(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let package = try world.bandwidthPackage(context, in: try context.knownRegion())
        guard let bandwidth = context.parameters.integer("Bandwidth") else { throw .missing("Bandwidth") }
        world.vpc.bandwidthPackages[package.id]?.bandwidth = bandwidth
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let package = try world.bandwidthPackage(context, in: try context.knownRegion(orElse: "Invalid.RegionId"))
        guard !package.addresses.contains(where: { world.isUsedByNat($0.address) }) else {
            throw CloudError("Forbidden.SomeIpReferredByForwardEntry")
        }
        world.vpc.bandwidthPackages[package.id] = nil
        return .empty
    }
}

extension World {
    /// The package that the call names as `BandwidthPackageId`.
    func bandwidthPackage(_ context: ActionContext, in region: String) throws(CloudError) -> BandwidthPackage {
        guard let package = vpc.bandwidthPackages[try context.required("BandwidthPackageId")], package.regionId == region
        else { throw CloudError("InvalidBandwidthPackageId.NotFound") }
        return package
    }

    /// Whether an entry of a DNAT or SNAT table uses a public address.
    func isUsedByNat(_ address: String) -> Bool {
        vpc.forwardEntries.all.contains { $0.externalIp == address }
            || vpc.snatEntries.all.contains { $0.addresses.contains(address) }
    }
}

extension BandwidthPackage {
    /// An element of DescribeBandwidthPackages.
    fileprivate var rendered: JSONValue {
        let list: [JSONValue] = addresses.map { ["AllocationId": .string($0.id), "IpAddress": .string($0.address)] }
        return [
            "BandwidthPackageId": .string(id), "RegionId": .string(regionId), "Name": .string(name),
            "Description": .string(description), "ZoneId": .string(zoneId), "NatGatewayId": .string(natGatewayId),
            "Bandwidth": .string(String(bandwidth)), "InstanceChargeType": "PostPaid",
            "InternetChargeType": "PayByBandwidth", "ISP": "BGP", "IpCount": .string(String(addresses.count)),
            "PublicIpAddresses": .list("PublicIpAddresse", list), "Status": "Available", "BusinessStatus": "Normal",
            "CreationTime": .string(creationTime.text),
        ]
    }
}
