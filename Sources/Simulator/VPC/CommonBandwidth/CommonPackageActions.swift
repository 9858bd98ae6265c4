import Bytes

/// Making, finding, changing and deleting common bandwidth packages.
enum CommonPackageActions {
    static let handlers: [String: ActionHandler] = [
        "CreateCommonBandwidthPackage": create,
        "DescribeCommonBandwidthPackages": list,
        "ModifyCommonBandwidthPackageAttribute": modify,
        "ModifyCommonBandwidthPackageSpec": modifySpec,
        "DeleteCommonBandwidthPackage": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let charge = context.parameters.text("InternetChargeType") ?? "PayByBandwidth"
        let id = world.identifiers.resource("cbwp")
        var package = CommonBandwidthPackage(
            id: id, regionId: region, bandwidth: try bandwidth(context), internetChargeType: charge,
            ratio: charge == "PayByBandwidth" ? 100 : context.parameters.integer("Ratio") ?? 100, creationTime: context.now)
        set(&package, context)
        world.vpc.commonPackages[id] = package
        return ["BandwidthPackageId": .string(id)]
    }

    private static func bandwidth(_ context: ActionContext) throws(CloudError) -> Int {
        guard let bandwidth = Int(try context.required("Bandwidth")), bandwidth > 0 else { throw .invalid("Bandwidth") }
        return bandwidth
    }

    private static func set(_ package: inout CommonBandwidthPackage, _ context: ActionContext) {
        package.name = context.parameters.text("Name") ?? package.name
        package.description = context.parameters.text("Description") ?? package.description
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let current = world
        let found = world.vpc.commonPackages.newestFirst.filter {
            $0.regionId == region && context.matches([("BandwidthPackageId", $0.id)])
        }
        let page = try Page(found, context)
        return .object(page.members("CommonBandwidthPackages", "CommonBandwidthPackage") { $0.rendered(current) })
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var package = try world.commonPackage(context)
        set(&package, context)
        world.vpc.commonPackages[package.id] = package
        return .empty
    }

    @Sendable
    private static func modifySpec(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let package = try world.commonPackage(context)
        world.vpc.commonPackages[package.id]?.bandwidth = try bandwidth(context)
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let package = try world.commonPackage(context)
        let isForced = context.parameters.flag("Force") == true
        guard isForced || world.eips(inPackage: package.id).isEmpty else { throw CloudError("DependencyViolation.ip") }
        world.vpc.eips.update(where: { $0.commonPackageId == package.id }) { $0.commonPackageId = "" }
        world.vpc.commonPackages[package.id] = nil
        return .empty
    }
}

extension CommonBandwidthPackage {
    /// An element of DescribeCommonBandwidthPackages.
    fileprivate func rendered(_ world: World) -> JSONValue {
        let addresses: [JSONValue] = world.eips(inPackage: id).map {
            ["IpAddress": .string($0.address), "AllocationId": .string($0.id)]
        }
        return [
            "BandwidthPackageId": .string(id), "Name": .string(name), "Description": .string(description),
            "Bandwidth": .integer(bandwidth), "InternetChargeType": .string(internetChargeType), "Ratio": .integer(ratio),
            "RegionId": .string(regionId), "CreationTime": .string(creationTime.text), "InstanceChargeType": "PostPaid",
            "BusinessStatus": .string(isLocked ? "FinancialLocked" : "Normal"),
            "PublicIpAddresses": .list("PublicIpAddresse", addresses), "Status": "Available", "ZoneId": "",
        ]
    }
}
