import Bytes

/// Putting public addresses into common bandwidth packages and taking them out.
enum CommonPackageMembers {
    static let handlers: [String: ActionHandler] = [
        "AddCommonBandwidthPackageIp": add,
        "RemoveCommonBandwidthPackageIp": remove,
    ]

    @Sendable
    private static func add(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let package = try world.commonPackage(context)
        let eip = try eip(world, package, context)
        guard !package.isLocked else { throw CloudError("BandwidthPackageId.InvalidBizStatus") }
        guard eip.locks.isEmpty else { throw CloudError("IpInstanceId.BizStatusInvalid") }
        guard eip.chargeType == .postPaid else { throw CloudError("IpInstanceId.ChargeType.NotSupport") }
        guard eip.commonPackageId.isEmpty else { throw CloudError("IpInstanceId.AlreadyInBandwidthPackage") }
        guard world.eips(inPackage: package.id).count < CommonBandwidthPackage.addressLimit else {
            throw CloudError("IpInstanceId.QuotaExceeded")
        }
        world.vpc.eips[eip.id]?.commonPackageId = package.id
        return .empty
    }

    @Sendable
    private static func remove(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let package = try world.commonPackage(context)
        let eip = try eip(world, package, context)
        guard eip.commonPackageId == package.id else { throw CloudError("InvalidIpInstanceId.NotFound") }
        world.vpc.eips[eip.id]?.commonPackageId = ""
        return .empty
    }

    private static func eip(
        _ world: World, _ package: CommonBandwidthPackage, _ context: ActionContext
    ) throws(CloudError) -> Eip {
        guard let eip = world.vpc.eips[try context.required("IpInstanceId")], eip.regionId == package.regionId else {
            throw CloudError("InvalidIpInstanceId.NotFound")
        }
        return eip
    }
}
