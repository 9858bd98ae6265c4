import Bytes

/// The regions and zones of this product: DescribeRegions and DescribeZones.
enum VpcRegionListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeRegions": regions,
        "DescribeZones": zones,
    ]

    @Sendable
    private static func regions(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let regions: [JSONValue] = Geography.publicCloud.regions.map {
            ["RegionId": .string($0.id), "LocalName": .string($0.localName)]
        }
        return ["Regions": .list("Region", regions)]
    }

    @Sendable
    private static func zones(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = Geography.region(try context.knownRegion())
        let zones: [JSONValue] = (region?.zones ?? []).map { zone in
            [
                "ZoneId": .string(zone), "LocalName": .string("\(region?.localName ?? "") \(zone.suffix(1).uppercased())"),
                "AvailableResourceCreation": .list("ResourceTypes", ["VSwitch", "Instance", "Disk"]),
                "AvailableDiskCategories": .list("DiskCategories", ["cloud_efficiency", "cloud_ssd"]),
            ]
        }
        return ["Zones": .list("Zone", zones)]
    }
}
