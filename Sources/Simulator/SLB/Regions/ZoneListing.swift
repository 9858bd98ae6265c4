import Bytes

extension SLB {
    /// Where load balancers can be: DescribeRegions, DescribeZones and DescribeAvailableResource.
    enum ZoneListing {
        static let handlers: [String: ActionHandler] = [
            "DescribeRegions": listRegions,
            "DescribeZones": listZones,
            "DescribeAvailableResource": listAvailable,
        ]

        /// Regions that the general endpoint serves; the others have their own.
        private static let generalRegions: Set = [
            "cn-hangzhou", "cn-shanghai", "cn-qingdao", "cn-beijing", "cn-shenzhen", "cn-hongkong", "ap-southeast-1", "us-west-1",
            "us-east-1",
        ]

        @Sendable
        private static func listRegions(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            _ = try context.requiredRegion()
            let language = context.parameters.text("AcceptLanguage")
            return [
                "Regions": .list(
                    "Region",
                    Geography.publicCloud.regions.map { region in
                        [
                            "RegionId": .string(region.id), "LocalName": .string(RegionNames.name(region, language)),
                            "RegionEndpoint": .string(
                                generalRegions.contains(region.id) ? "slb.aliyuncs.com" : "slb.\(region.id).aliyuncs.com"),
                        ]
                    })
            ]
        }

        /// Every zone can be the backup of every other one of its region.
        @Sendable
        private static func listZones(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try region(context)
            func zone(_ id: String) -> [JSONValue.Member] {
                [.init("ZoneId", .string(id)), .init("LocalName", .string(RegionNames.name(ofZone: id, in: region, nil)))]
            }
            return [
                "Zones": .list(
                    "Zone",
                    region.zones.map { id in
                        let backups = region.zones.filter { $0 != id }
                        return .object(zone(id) + [.init("SlaveZones", .list("SlaveZone", backups.map { .object(zone($0)) }))])
                    })
            ]
        }

        /// There is no classic network, so that what is private is in a VPC.
        @Sendable
        private static func listAvailable(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try region(context)
            let parameters = context.parameters
            let offers = [("vpc", "ipv4"), ("classic_internet", "ipv4"), ("classic_internet", "ipv6")].filter { type, version in
                (parameters.text("AddressType").map { $0 == type } ?? true)
                    && (parameters.text("AddressIPVersion").map { $0 == version } ?? true)
            }
            var pairs: [JSONValue] = []
            for master in region.zones {
                for slave in region.zones where slave != master && !offers.isEmpty {
                    pairs.append([
                        "MasterZoneId": .string(master), "SlaveZoneId": .string(slave),
                        "SupportResources": .list(
                            "SupportResource",
                            offers.map {
                                ["AddressType": .string($0.0), "AddressIPVersion": .string($0.1)]
                            }),
                    ])
                }
            }
            return ["AvailableResources": .list("AvailableResource", pairs)]
        }

        private static func region(_ context: ActionContext) throws(CloudError) -> Region {
            guard let region = Geography.region(try context.requiredRegion()) else {
                throw CloudError("InvalidRegionId.NotFound")
            }
            return region
        }
    }
}
