/// What RunInstances and CreateInstance ask for, checked against the world.
struct InstanceRequest: Sendable {
    var regionId: String
    var zoneId: String
    var image: Image
    var type: InstanceType
    var vSwitch: VSwitch
    var securityGroupIds: [String]
    var privateIpAddress: String?
    var systemDisk: DiskRequest
    var dataDisks: [DiskRequest]
    var chargeType: Instance.ChargeType
    /// Months or weeks of a subscription, as seconds.
    var subscriptionSeconds: Int64?
    var autoReleaseTime: SimulatedTime?
    var isIOOptimized: Bool
    var secondaryInterfaces: [InterfaceRequest]
    var tags: [ResourceTag]

    /// One disk to be made with an instance.
    struct DiskRequest: Sendable {
        var category: DiskCategory
        /// GiB.
        var size: Int
        var name: String
        var description: String
        var snapshotId = ""
        var isEncrypted = false
        var deletesWithInstance = true
        var device = ""
    }

    /// One further network interface to be made with an instance.
    struct InterfaceRequest: Sendable {
        var vSwitch: VSwitch
        var securityGroupIds: [String]
        /// Nil for any free one.
        var address: String?
        var name: String
        var description: String
        var deletesOnRelease: Bool
    }
}

extension InstanceRequest {
    /// Reads and checks the call, in the order in which the cloud complains.
    init(_ world: World, _ context: ActionContext) throws(CloudError) {
        let parameters = context.parameters
        regionId = try context.requiredRegion()
        image = try Self.image(world, context, regionId)
        guard let type = context.site.instanceType(try context.required("InstanceType")) else {
            throw CloudError("InvalidInstanceType.ValueNotSupported")
        }
        self.type = type
        (vSwitch, securityGroupIds, privateIpAddress) = try Self.network(world, context)
        zoneId = vSwitch.zoneId
        if let zone = parameters.text("ZoneId") {
            guard context.site.geography.region(ofZone: zone)?.id == regionId else { throw CloudError("InvalidZoneId.NotFound") }
            guard zone == vSwitch.zoneId else {
                throw CloudError("InvalidParameter.Mismatch", about: "not in the specified zone")
            }
        }
        guard type.isOffered(in: zoneId) else { throw CloudError("InvalidInstanceType.ZoneNotSupported") }
        guard (type.family.architecture == "ARM") == (image.architecture == "arm64") else {
            throw CloudError("ImageNotSupportInstanceType")
        }
        isIOOptimized = try Self.isIOOptimized(parameters, type)
        secondaryInterfaces = try Self.secondaryInterfaces(world, parameters, type, vSwitch, securityGroupIds)
        systemDisk = try Self.systemDisk(parameters, image, context.site)
        dataDisks = try Self.dataDisks(world, context, image, regionId)
        guard dataDisks.count <= type.dataDiskQuantity else { throw CloudError("InstanceDiskNumLimitExceed") }
        chargeType = Instance.ChargeType(rawValue: parameters.text("InstanceChargeType") ?? "") ?? .postPaid
        subscriptionSeconds = try Self.subscription(parameters, chargeType)
        autoReleaseTime = try Self.autoReleaseTime(context)
        try Self.checkSpot(context, chargeType, type, zoneId)
        tags = try TagParameters.tags(parameters)
        try Self.checkAccess(world, parameters, regionId, image)
    }

    private static func image(_ world: World, _ context: ActionContext, _ region: String) throws(CloudError) -> Image {
        var wanted = context.parameters.text("ImageId")
        if wanted == nil, let family = context.parameters.text("ImageFamily") {
            wanted =
                world.images.newestFirst.first {
                    $0.family == family && $0.state.state(at: context.now) == .available
                }?.id
            guard wanted != nil else { throw CloudError("InvalidImageId.NotFound") }
        }
        guard let id = wanted else { throw .missing("ImageId") }
        guard let image = world.image(id, in: region) else { throw CloudError("InvalidImageId.NotFound") }
        switch image.state.state(at: context.now) {
        case .available, .deprecated: return image
        default: throw CloudError("OperationDenied.ImageNotValid")
        }
    }

    private static func subscription(
        _ parameters: CallParameters, _ chargeType: Instance.ChargeType
    ) throws(CloudError) -> Int64? {
        guard chargeType == .prePaid else { return nil }
        guard let period = parameters.integer("Period") else { throw CloudError("InvalidPeriod") }
        let isWeeks = parameters.text("PeriodUnit") == "Week"
        guard !isWeeks || period <= 4 else { throw CloudError("InvalidPeriod") }
        return Int64(period) * (isWeeks ? 7 : 30) * 86_400
    }

    /// Types of the first generation run either way, all others are I/O optimised.
    private static func isIOOptimized(_ parameters: CallParameters, _ type: InstanceType) throws(CloudError) -> Bool {
        let wanted = parameters.text("IoOptimized").map { $0 == "optimized" } ?? type.family.needsIOOptimized
        guard wanted || !type.family.needsIOOptimized else { throw CloudError("DependencyViolation.IoOptimized") }
        return wanted
    }

    private static func checkSpot(
        _ context: ActionContext, _ chargeType: Instance.ChargeType, _ type: InstanceType, _ zoneId: String
    ) throws(CloudError) {
        let parameters = context.parameters
        guard let strategy = parameters.text("SpotStrategy"), strategy != "NoSpot" else { return }
        guard chargeType == .postPaid else { throw CloudError("InvalidSpotPrepaid") }
        guard strategy == "SpotWithPriceLimit" else { return }
        guard let limit = parameters.number("SpotPriceLimit"), limit > 0 else { throw CloudError("InvalidSpotPriceLimit") }
        guard limit >= SpotPrice.current(type, zoneId, context.now) else {
            throw CloudError("InvalidSpotPriceLimit.LowerThanPublicPrice")
        }
    }

    private static func autoReleaseTime(_ context: ActionContext) throws(CloudError) -> SimulatedTime? {
        guard context.parameters.text("AutoReleaseTime") != nil else { return nil }
        return try AutoRelease.time(context)
    }

    private static func checkAccess(
        _ world: World, _ parameters: CallParameters, _ region: String, _ image: Image
    ) throws(CloudError) {
        if parameters.flag("PasswordInherit") == true, parameters.text("Password") != nil {
            throw CloudError("InvalidPasswordParam.Mismatch")
        }
        if let password = parameters.text("Password"), !Naming.isPassword(password) {
            throw CloudError("InvalidPassword.Malformed")
        }
        if let name = parameters.text("KeyPairName") {
            guard world.keyPairs[KeyPair.key(region: region, name: name)] != nil else {
                throw CloudError("InvalidKeyPairName.NotFound")
            }
            guard !image.isWindows else { throw CloudError("DependencyViolation.WindowsInstance") }
        }
        if let role = parameters.text("RamRoleName"), !world.ramRoles.contains(role) {
            throw CloudError("InvalidRamRole.NotFound")
        }
        if let name = parameters.text("InstanceName"), !Naming.isResourceName(name) && !name.contains("[") {
            throw CloudError("InvalidInstanceName.Malformed")
        }
        if let name = parameters.text("HostName"), !Naming.isHostName(name, windows: image.isWindows) {
            throw CloudError("InvalidHostName.Malformed")
        }
        if let text = parameters.text("Description"), !Naming.isDescription(text) {
            throw CloudError("InvalidDescription.Malformed")
        }
        if let data = parameters.text("UserData") { try UserData.check(data) }
    }
}
