import Bytes

/// Asking for prices.
enum PriceActions {
    static let handlers: [String: ActionHandler] = [
        "DescribePrice": price,
        "DescribeRenewalPrice": renewalPrice,
    ]

    @Sendable
    private static func price(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        _ = try context.requiredRegion()
        let unit = PriceList.Unit(rawValue: parameters.text("PriceUnit") ?? "Hour") ?? .hour
        let period = parameters.integer("Period") ?? 1
        guard unit.periods.contains(period) else { throw CloudError("InvalidPeriod") }
        var parts: [PriceList.Part]
        switch parameters.text("ResourceType") ?? "instance" {
        case "instance": parts = try instanceParts(world, context)
        case "ElasticityAssurance", "CapacityReservation":
            let type = try type(parameters.list("InstanceTypeList").first ?? parameters.text("InstanceType"))
            // Held ready costs a part of what running does.
            let count = Double(parameters.integer("InstanceAmount") ?? 1)
            parts = [.init(name: "instanceType", listPrice: type.hourlyPrice * 0.4 * count)]
        case "disk":
            guard unit == .hour else { throw CloudError("InvalidPriceUnit.ValueNotSupported") }
            parts = try dataDiskParts(parameters)
            guard !parts.isEmpty else { throw CloudError("InvalidDiskCategory.Missing") }
        case "diskperformance":
            guard let iops = parameters.structures("DataDisk").first?.integer("ProvisionedIops") else {
                throw .missing("DataDisk.1.ProvisionedIops")
            }
            parts = [.init(name: "dataDisk", listPrice: Double(iops) * 0.00008)]
        case "bandwidth": parts = [.init(name: "bandwidth", listPrice: PriceList.perGiBOfTraffic)]
        default:
            guard parameters.text("DedicatedHostType") != nil else { throw .missing("DedicatedHostType") }
            parts = [.init(name: "ddh", listPrice: 28.5)]
        }
        let factor = unit.paidHours * Double(period * (parameters.integer("Amount") ?? 1))
        for index in parts.indices { parts[index].listPrice *= factor }
        return ["PriceInfo": rendered(parts, unit, reserved: true)]
    }

    /// The type, the disks, the licence and the bandwidth of an instance, for an hour.
    private static func instanceParts(_ world: World, _ context: ActionContext) throws(CloudError) -> [PriceList.Part] {
        let parameters = context.parameters
        let type = try type(parameters.text("InstanceType"))
        var hourly = type.hourlyPrice
        if parameters.text("SpotStrategy") == "SpotAsPriceGo" {
            hourly = SpotPrice.current(type, parameters.text("ZoneId") ?? "", context.now)
        }
        var parts = [PriceList.Part(name: "instanceType", listPrice: hourly)]
        if let id = parameters.text("ImageId") {
            guard let image = world.image(id, in: parameters.text("RegionId")) else {
                throw CloudError("InvalidImageId.NotFound")
            }
            guard (type.family.architecture == "ARM") == (image.architecture == "arm64") else {
                throw CloudError("ImageNotSupportInstanceType")
            }
            let licence = image.isWindows ? PriceList.windowsPerCPU * Double(type.cpu) : 0
            parts.append(.init(name: "image", listPrice: licence))
            let size = parameters.integer("SystemDisk.Size") ?? max(20, image.size)
            guard size >= image.size else { throw CloudError("InvalidSystemDiskSize.LessThanImageSize") }
            let category = parameters.text("SystemDisk.Category") ?? DiskCategory.standard.name
            let each = PriceList.perGiB(category, level: parameters.text("SystemDisk.PerformanceLevel"))
            parts.append(.init(name: "systemDisk", listPrice: each * Double(size)))
        }
        parts += try dataDiskParts(parameters)
        parts.append(
            .init(
                name: "bandwidth",
                listPrice: PriceList.bandwidth(
                    parameters.integer("InternetMaxBandwidthOut") ?? 0, parameters.text("InternetChargeType") ?? "PayByTraffic")))
        return parts
    }

    private static func type(_ name: String?) throws(CloudError) -> InstanceType {
        guard let name else { throw CloudError("InvalidInstanceType.Missing") }
        guard let type = InstanceType.named(name) else { throw CloudError("InvalidInstanceType.ValueNotSupported") }
        return type
    }

    private static func dataDiskParts(_ parameters: CallParameters) throws(CloudError) -> [PriceList.Part] {
        try parameters.structures("DataDisk").map { disk throws(CloudError) in
            guard let name = disk.text("Category") else { throw CloudError("InvalidDiskCategory.Missing") }
            guard let category = DiskCategory.named(name) else {
                throw CloudError("InvalidDataDiskCategory.ValueNotSupported")
            }
            guard let size = disk.integer("Size"), category.dataSizes.contains(size) else {
                throw CloudError("InvalidDataDiskSize.ValueNotSupported")
            }
            return .init(
                name: "dataDisk", listPrice: PriceList.perGiB(name, level: disk.text("PerformanceLevel")) * Double(size))
        }
    }

    /// What a subscription costs for another while.
    @Sendable
    private static func renewalPrice(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        guard parameters.text("ResourceType") ?? "instance" == "instance" else {
            throw CloudError("InvalidResourceType.ValueNotSupported")
        }
        guard let instance = world.instances[try context.required("ResourceId")], instance.regionId == region else {
            throw CloudError("InvalidInstanceId.NotFound")
        }
        guard instance.chargeType == .prePaid else { throw CloudError("ChargeTypeViolation") }
        let unit = PriceList.Unit(rawValue: parameters.text("PriceUnit") ?? "Month") ?? .month
        var hours = unit.paidHours * Double(parameters.integer("Period") ?? 1)
        if let day = parameters.integer("ExpectedRenewDay") {
            guard parameters.text("Period") == nil, parameters.text("PriceUnit") == nil else { throw CloudError("InvalidPeriod") }
            let end = (instance.expiredTime ?? context.now).timestamp.fields.day
            hours = PriceList.Unit.month.paidHours * Double((day - end + 30) % 30) / 30
        } else {
            let periods = unit == .year ? 1...3 : unit.periods
            guard periods.contains(parameters.integer("Period") ?? 1) else { throw CloudError("InvalidPeriod") }
        }
        var parts = [PriceList.Part(name: "instanceType", listPrice: instance.type.hourlyPrice)]
        for disk in world.disks(of: instance.id, at: context.now) where disk.chargeType == .prePaid {
            let each = PriceList.perGiB(disk.category.name, level: nil)
            parts.append(.init(name: disk.kind == .system ? "systemDisk" : "dataDisk", listPrice: each * Double(disk.size)))
        }
        parts.append(
            .init(
                name: "bandwidth", listPrice: PriceList.bandwidth(instance.internetMaxBandwidthOut, instance.internetChargeType)))
        for index in parts.indices { parts[index].listPrice *= hours }
        return ["PriceInfo": rendered(parts, unit, reserved: false)]
    }

    private static func rendered(_ parts: [PriceList.Part], _ unit: PriceList.Unit, reserved: Bool) -> JSONValue {
        let rules: [JSONValue] =
            unit.discount > 0 ? [["RuleId": 587, "Description": "Discount for a one-year subscription"]] : []
        let details: [JSONValue] = parts.map { part in
            .object(
                [.init("Resource", .string(part.name))] + amounts(part.listPrice, unit) + [
                    .init("SubRules", .list("Rule", part.listPrice > 0 ? rules : []))
                ])
        }
        var price = [JSONValue.Member("Currency", "CNY")] + amounts(parts.reduce(0) { $0 + $1.listPrice }, unit)
        price.append(.init("DetailInfos", .list("DetailInfo", details)))
        if reserved { price.append(.init("ReservedInstanceHourPrice", .decimal(0))) }
        return [
            "Price": .object(price), "Rules": .list("Rule", rules),
            "RelatedPrice": ["MarketplaceImagePrice": .object([.init("Currency", "CNY")] + amounts(0, unit))],
        ]
    }

    /// The list price, what is taken off, and what is left to pay.
    private static func amounts(_ listPrice: Double, _ unit: PriceList.Unit) -> [JSONValue.Member] {
        let original = SpotPrice.rounded(listPrice)
        let discount = SpotPrice.rounded(listPrice * unit.discount)
        return [
            .init("OriginalPrice", .decimal(original)), .init("DiscountPrice", .decimal(discount)),
            .init("TradePrice", .decimal(SpotPrice.rounded(original - discount))),
        ]
    }
}
