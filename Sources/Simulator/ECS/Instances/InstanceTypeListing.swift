import Bytes

/// What instances can be: types, families and spot prices.
enum InstanceTypeListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeInstanceTypes": listTypes,
        "DescribeInstanceTypeFamilies": listFamilies,
        "DescribeSpotPriceHistory": listSpotPrices,
    ]

    @Sendable
    private static func listTypes(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let found = context.site.instanceTypes.filter { matches($0, context.parameters) }
        let page = try Page(found, context, defaultSize: 100)
        let answer: JSONValue = [
            "InstanceTypes": .list("InstanceType", (page.nextToken == nil ? found : page.items).map(rendered))
        ]
        return answer.with("NextToken", .string(page.nextToken ?? ""))
    }

    private static func matches(_ type: InstanceType, _ parameters: CallParameters) -> Bool {
        let texts: [(String, String)] = [
            ("InstanceTypeFamily", type.family.id), ("CpuArchitecture", type.family.architecture),
            ("InstanceCategory", type.family.category), ("InstanceFamilyLevel", type.family.level),
        ]
        guard texts.allSatisfy({ name, value in parameters.text(name).map { $0 == value } ?? true }) else { return false }
        let lists: [(String, String)] = [
            ("InstanceTypes", type.id), ("InstanceTypeFamilies", type.family.id),
            ("InstanceCategories", type.family.category), ("CpuArchitectures", type.family.architecture),
        ]
        guard
            lists.allSatisfy({ name, value in
                let wanted = parameters.list(name)
                return wanted.isEmpty || wanted.contains(value)
            })
        else { return false }
        if let model = parameters.text("PhysicalProcessorModel"), !type.family.processor.contains(model) { return false }
        let models = parameters.list("PhysicalProcessorModels")
        guard models.isEmpty || models.contains(where: { type.family.processor.contains($0) }) else { return false }
        // No type of the simulated cloud has graphics processors, local disks or RDMA.
        let absent = ["GPUSpec", "GpuSpecs", "LocalStorageCategory", "LocalStorageCategories"]
        guard absent.allSatisfy({ parameters.text($0) == nil && parameters.list($0).isEmpty }) else { return false }
        return measures(of: type).allSatisfy { name, value in
            (parameters.number("Minimum\(name)").map { value >= $0 } ?? true)
                && (parameters.number("Maximum\(name)").map { value <= $0 } ?? true)
        }
    }

    /// The measures that `Minimum…` and `Maximum…` parameters speak of.
    private static func measures(of type: InstanceType) -> [(String, Double)] {
        [
            ("CpuCoreCount", Double(type.cpu)), ("MemorySize", type.memory),
            ("CpuSpeedFrequency", type.family.clock.base), ("CpuTurboFrequency", type.family.clock.turbo),
            ("EniQuantity", Double(type.interfaceQuantity)),
            ("EniPrivateIpAddressQuantity", Double(type.addressesPerInterface)),
            ("InstanceBandwidthRx", Double(bandwidth(type))), ("InstanceBandwidthTx", Double(bandwidth(type))),
            ("InstancePpsRx", Double(packets(type))), ("InstancePpsTx", Double(packets(type))),
            ("BaselineCredit", type.isBurstable ? 10 : 0), ("InitialCredit", type.isBurstable ? 30 : 0),
            ("DiskQuantity", Double(type.dataDiskQuantity + 1)), ("GPUAmount", 0), ("LocalStorageAmount", 0),
            ("LocalStorageCapacity", 0), ("EriQuantity", 0), ("QueuePairNumber", 0), ("EniIpv6AddressQuantity", 1),
            ("PrimaryEniQueueNumber", Double(max(1, type.cpu / 2))), ("SecondaryEniQueueNumber", 1),
        ]
    }

    /// kbit/s.
    private static func bandwidth(_ type: InstanceType) -> Int { min(10_240_000, 512_000 * type.cpu) }

    /// Packets per second.
    private static func packets(_ type: InstanceType) -> Int { min(6_000_000, 150_000 * type.cpu) }

    private static func rendered(_ type: InstanceType) -> JSONValue {
        [
            "InstanceTypeId": .string(type.id), "InstanceTypeFamily": .string(type.family.id),
            "InstanceCategory": .string(type.family.category), "InstanceFamilyLevel": .string(type.family.level),
            "CpuCoreCount": .integer(type.cpu), "MemorySize": .decimal(type.memory),
            "CpuArchitecture": .string(type.family.architecture),
            "PhysicalProcessorModel": .string(type.family.processor),
            "CpuSpeedFrequency": .decimal(type.family.clock.base),
            "CpuTurboFrequency": .decimal(type.family.clock.turbo),
            "EniQuantity": .integer(type.interfaceQuantity),
            "EniPrivateIpAddressQuantity": .integer(type.addressesPerInterface),
            "EniIpv6AddressQuantity": 1, "EniTotalQuantity": .integer(type.interfaceQuantity),
            "InstanceBandwidthRx": .integer(bandwidth(type)), "InstanceBandwidthTx": .integer(bandwidth(type)),
            "InstancePpsRx": .integer(packets(type)), "InstancePpsTx": .integer(packets(type)),
            "DiskQuantity": .integer(type.dataDiskQuantity + 1), "GPUAmount": 0, "GPUSpec": "",
            "LocalStorageCategory": "", "NvmeSupport": "unsupported",
            "PrimaryEniQueueNumber": .integer(max(1, type.cpu / 2)), "SecondaryEniQueueNumber": 1,
            "BaselineCredit": .integer(type.isBurstable ? 10 : 0), "InitialCredit": .integer(type.isBurstable ? 30 : 0),
        ]
    }

    @Sendable
    private static func listFamilies(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        _ = try context.requiredRegion()
        let generation = context.parameters.text("Generation")
        let families = context.site.instanceTypeFamilies.filter { generation == nil || $0.generation == generation }
        return [
            "InstanceTypeFamilies": .list(
                "InstanceTypeFamily",
                families.map {
                    ["InstanceTypeFamilyId": .string($0.id), "Generation": .string($0.generation)]
                })
        ]
    }

    /// Rows of one answer of DescribeSpotPriceHistory.
    private static let spotPageSize = 1000

    @Sendable
    private static func listSpotPrices(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        guard let region = Geography.region(try context.requiredRegion()) else {
            throw CloudError("InvalidParams.RegionId")
        }
        guard let type = InstanceType.named(try context.required("InstanceType")) else {
            throw CloudError("InvalidInstanceType.ValueNotSupported")
        }
        let zone = parameters.text("ZoneId")
        if let zone, !region.zones.contains(zone) { throw CloudError("InvalidZoneId.NotFound") }
        let end = parameters.time("EndTime") ?? context.now
        let start = parameters.time("StartTime") ?? end.adding(seconds: -3 * 3600)
        guard start <= end, start >= end.adding(seconds: -30 * 86_400) else { throw CloudError("InvalidParams.StartTime") }
        let offset = parameters.integer("Offset") ?? 0
        guard offset >= 0 else { throw CloudError("InvalidParams.Offset") }
        let zones = (zone.map { [$0] } ?? region.zones).filter { type.isOffered(in: $0) }
        var prices: [JSONValue] = []
        for zone in zones {
            var hour = start.milliseconds / 3_600_000
            while hour * 3_600_000 <= end.milliseconds {
                let instant = SimulatedTime(milliseconds: hour * 3_600_000)
                if instant >= start { prices.append(spotPrice(type, zone, instant, parameters)) }
                hour += 1
            }
        }
        let page = prices.dropFirst(offset).prefix(spotPageSize)
        let answer: JSONValue = ["Currency": "CNY", "SpotPrices": .list("SpotPriceType", Array(page))]
        let next = offset + page.count
        return next < prices.count ? answer.with("NextOffset", .integer(next)) : answer
    }

    private static func spotPrice(
        _ type: InstanceType, _ zone: String, _ instant: SimulatedTime, _ parameters: CallParameters
    ) -> JSONValue {
        [
            "InstanceType": .string(type.id), "ZoneId": .string(zone),
            "NetworkType": .string(parameters.text("NetworkType") ?? "vpc"),
            "IoOptimized": .string(parameters.text("IoOptimized") ?? "optimized"),
            "OriginPrice": .decimal(SpotPrice.rounded(type.hourlyPrice)),
            "SpotPrice": .decimal(SpotPrice.current(type, zone, instant)),
            "Timestamp": .string(instant.text),
        ]
    }
}
