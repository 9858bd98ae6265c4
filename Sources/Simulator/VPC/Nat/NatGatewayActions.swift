import Bytes

/// Making, changing and deleting NAT gateways.
enum NatGatewayActions {
    static let handlers: [String: ActionHandler] = [
        "CreateNatGateway": create,
        "ModifyNatGatewayAttribute": modify,
        "ModifyNatGatewaySpec": modifySpec,
        "DeleteNatGateway": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let vpc = try world.existingVpc(try context.required("VpcId"), in: region)
        let packages = try packages(context, region)
        guard !world.vpc.natGateways.all.contains(where: { $0.vpcId == vpc.id }) else {
            throw CloudError("QuotaExceeded.NatGatewayCountInOneVpc")
        }
        guard let everything = RouteEntry.everything,
            world.vpc.routeTables[vpc.router.routeTableId]?.entry(to: everything) == nil
        else { throw CloudError("RouterEntryConflict.Duplicated") }
        let id = world.identifiers.resource("ngw")
        var gateway = NatGateway(
            id: id, regionId: region, vpcId: vpc.id, name: id, spec: context.parameters.text("Spec") ?? "Small",
            forwardTableId: world.identifiers.resource("ftb"), snatTableId: world.identifiers.resource("stb"),
            creationTime: context.now,
            state: Timeline(
                from: context.now, [(state: .initiating, lasting: context.lasting(.gatewayInitiating))], target: .available))
        try set(&gateway, context)
        world.vpc.natGateways[id] = gateway
        world.vpc.routeTables[vpc.router.routeTableId]?.entries.append(
            RouteEntry(
                destination: everything, hops: [.init(kind: .natGateway, id: id)], isMultipath: false,
                state: .becoming(lasting: context.lasting(.routePending), from: context.now)))
        for package in packages {
            _ = world.addBandwidthPackage(
                to: gateway, bandwidth: package.bandwidth, addressCount: package.count, zone: package.zone, at: context.now)
        }
        return gateway.summary(world)
    }

    private static func packages(
        _ context: ActionContext, _ region: String
    ) throws(CloudError) -> [(count: Int, bandwidth: Int, zone: String?)] {
        let wanted = context.parameters.structures("BandwidthPackage")
        guard wanted.count <= NatGateway.packageLimit else { throw CloudError("TooManyBandwidthPackages") }
        var packages: [(count: Int, bandwidth: Int, zone: String?)] = []
        for package in wanted {
            guard let count = package.integer("IpCount") else {
                throw CloudError("MissingParameter.BandwidthPackage.n.IpCount")
            }
            guard let bandwidth = package.integer("Bandwidth") else {
                throw CloudError("MissingParameter.BandwidthPackage.n.Bandwidth")
            }
            let zone = package.text("Zone")
            guard zone.map({ Geography.region(ofZone: $0)?.id == region }) ?? true else {
                throw CloudError("InvalidZoneId.NotFound")
            }
            packages.append((count, bandwidth, zone))
        }
        return packages
    }

    private static func set(_ gateway: inout NatGateway, _ context: ActionContext) throws(CloudError) {
        gateway.name =
            try context.name("Name", .dotted, orElse: CloudError("InvalidParameter.Name.Malformed")) ?? gateway.name
        gateway.description =
            try context.description(orElse: CloudError("InvalidParameter.Description.Malformed")) ?? gateway.description
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var gateway = try world.natGateway(context, in: try context.knownRegion())
        try set(&gateway, context)
        world.vpc.natGateways[gateway.id] = gateway
        return .empty
    }

    @Sendable
    private static func modifySpec(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try world.natGateway(context, in: try context.knownRegion())
        world.vpc.natGateways[gateway.id]?.spec = context.parameters.text("Spec") ?? "Small"
        return gateway.summary(world)
    }

    /// Its tables go with the gateway, and the route to it.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try world.natGateway(context, in: try context.knownRegion(orElse: "Invalid.RegionId"))
        guard world.bandwidthPackages(ofGateway: gateway.id).isEmpty else {
            throw CloudError("DependencyViolation.BandwidthPackages")
        }
        guard world.eips(of: Eip.Target(kind: .nat, id: gateway.id), at: context.now).isEmpty else {
            throw CloudError("DependencyViolation.EIPS")
        }
        for entry in world.vpc.forwardEntries.all where entry.tableId == gateway.forwardTableId {
            world.vpc.forwardEntries[entry.id] = nil
        }
        for entry in world.vpc.snatEntries.all where entry.tableId == gateway.snatTableId {
            world.vpc.snatEntries[entry.id] = nil
        }
        world.removeRoutes(to: gateway.id)
        world.vpc.natGateways[gateway.id] = nil
        return .empty
    }
}

extension NatGateway {
    /// What the answers of making and resizing a gateway say.
    fileprivate func summary(_ world: World) -> JSONValue {
        [
            "NatGatewayId": .string(id), "ForwardTableIds": .list("ForwardTableId", [forwardTableId]),
            "BandwidthPackageIds": .list("BandwidthPackageId", world.bandwidthPackages(ofGateway: id).map(\.id)),
        ]
    }
}
