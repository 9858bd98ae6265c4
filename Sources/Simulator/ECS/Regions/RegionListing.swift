import Bytes

/// Regions and zones with what can be made in them: DescribeRegions and DescribeZones.
enum RegionListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeRegions": listRegions,
        "DescribeZones": listZones,
    ]

    @Sendable
    private static func listRegions(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let language = context.parameters.text("AcceptLanguage")
        return [
            "Regions": .list(
                "Region",
                context.site.geography.regions.map { region in
                    [
                        "RegionId": .string(region.id), "LocalName": .string(RegionNames.name(region, language)),
                        "RegionEndpoint": .string(region.endpoint), "Status": "available",
                    ]
                })
        ]
    }

    @Sendable
    private static func listZones(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        guard let region = context.site.geography.region(try context.required("RegionId")) else {
            throw CloudError("InvalidRegionId.NotFound")
        }
        let isSpot = parameters.text("SpotStrategy").map { $0 != "NoSpot" } ?? false
        guard !isSpot || parameters.text("InstanceChargeType") != "PrePaid" else { throw CloudError("InvalidSpotStrategy") }
        let language = parameters.text("AcceptLanguage")
        let isVerbose = parameters.flag("Verbose") ?? true
        return [
            "Zones": .list(
                "Zone",
                region.zones.map { zone in
                    let names: [JSONValue.Member] = [
                        .init("ZoneId", .string(zone)),
                        .init(
                            "LocalName",
                            .string(
                                context.isPrivateCloud ? zone : RegionNames.name(ofZone: zone, in: region, language))),
                    ]
                    return .object(isVerbose ? names + details(of: zone, context.site) : names)
                })
        ]
    }

    private static func details(of zone: String, _ site: Site) -> [JSONValue.Member] {
        let types = site.instanceTypes.filter { $0.isOffered(in: zone) }
        let plain = types.filter { !$0.family.needsIOOptimized }
        var resources = [resourcesInfo(types, isIOOptimized: true, site)]
        if !plain.isEmpty { resources.append(resourcesInfo(plain, isIOOptimized: false, site)) }
        let disks = site.diskCategories.filter(\.isCloudDisk).map(\.name)
        return [
            .init("ZoneType", "AvailabilityZone"),
            .init("AvailableResources", .list("ResourcesInfo", resources)),
            .init("AvailableInstanceTypes", .list("InstanceTypes", types.map(\.id))),
            .init("AvailableResourceCreation", .list("ResourceTypes", ["VSwitch", "IoOptimized", "Instance", "Disk"])),
            .init("AvailableDiskCategories", .list("DiskCategories", disks)),
            .init("AvailableDedicatedHostTypes", .list("DedicatedHostType", [JSONValue]())),
            .init("AvailableVolumeCategories", .list("VolumeCategories", [JSONValue]())),
            .init("DedicatedHostGenerations", .list("DedicatedHostGeneration", [JSONValue]())),
        ]
    }

    private static func resourcesInfo(_ types: [InstanceType], isIOOptimized: Bool, _ site: Site) -> JSONValue {
        let isPrivate = site.dialect == .apsara
        let families = site.instanceTypeFamilies.filter { family in types.contains { $0.family == family } }
        var generations: [String] = []
        for family in families where !generations.contains(family.generation) { generations.append(family.generation) }
        let disks = site.diskCategories.filter(\.isCloudDisk)
        return [
            "IoOptimized": isPrivate ? .string(String(isIOOptimized)) : .bool(isIOOptimized),
            "NetworkTypes": .list(isPrivate ? "supportedNetworkType" : "supportedNetworkCategory", ["vpc"]),
            "InstanceGenerations": .list("supportedInstanceGeneration", generations),
            "InstanceTypeFamilies": .list("supportedInstanceTypeFamily", families.map(\.id)),
            "InstanceTypes": .list("supportedInstanceType", types.map(\.id)),
            "SystemDiskCategories": .list(
                "supportedSystemDiskCategory", disks.filter { $0.systemSizes != nil }.map(\.name)),
            "DataDiskCategories": .list("supportedDataDiskCategory", disks.map(\.name)),
        ]
    }
}
