import Bytes

/// Where nodes are on sale: the levels of districts, and the districts with their carriers.
enum ENSDistrictListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeEnsNetLevel": listLevels,
        "DescribeEnsNetSaleDistrict": listDistricts,
    ]

    @Sendable
    private static func listLevels(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let levels = ENSDistrict.Level.allCases.map { level -> JSONValue in ["EnsNetLevelCode": .string(level.rawValue)] }
        return ENS.done.with("EnsNetLevels", .list("EnsNetLevel", levels))
    }

    /// With a district, what lies right below it; else every district of the level.
    @Sendable
    private static func listDistricts(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let level = try context.required("NetLevelCode")
        let code = context.parameters.text("NetDistrictCode")
        if let code, !ENSDistrict.all.contains(where: { $0.code == code }) { throw CloudError("InvalidNetDistrictCode") }
        let found = ENSDistrict.all.filter { district in
            code.map { district.parentCode == $0 } ?? (district.level.rawValue == level)
        }
        let instances = world.ens.instances.all
        return ENS.done.with("EnsNetDistricts", .list("EnsNetDistrict", found.map { $0.rendered(instances) }))
    }
}

extension ENSDistrict {
    /// An element of DescribeEnsNetSaleDistrict: the nodes of each carrier, and the instances in them.
    fileprivate func rendered(_ instances: [ENSInstance]) -> JSONValue {
        let nodes = ENSNode.all.filter { $0.district.code.hasPrefix(code) }
        let carriers = ENSCarrier.allCases.compactMap { carrier -> JSONValue? in
            let count = nodes.count { $0.carriers.contains(carrier) }
            guard count > 0 else { return nil }
            return [
                "count": .integer(count), "name": .string(carrier.name), "code": .string(carrier.rawValue), "country": "cn",
            ]
        }
        var counts: [String: Int] = [:]
        for instance in instances {
            guard let node = nodes.first(where: { $0.id == instance.nodeId }) else { continue }
            counts[node.carriers.count > 1 ? "multiCarrier" : node.mainCarrier.rawValue, default: 0] += 1
        }
        return [
            "NetDistrictCode": .string(code), "NetDistrictFatherCode": .string(parentCode),
            "NetDistrictLevel": .string(level.rawValue), "NetDistrictName": .string(name),
            "NetDistrictEnName": .string(englishName), "EnsRegionIdCount": .array(carriers),
            "InstanceCount": .array(
                counts.sorted { $0.key < $1.key }.map { ["count": .integer($0.value), "code": .string($0.key)] }),
        ]
    }
}
