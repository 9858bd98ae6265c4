/// A region with its zones.
struct Region: Hashable, Sendable {
    let id: String
    let localName: String
    /// Ids of its zones.
    let zones: [String]

    /// Host that serves the region.
    var endpoint: String { "ecs.\(id).aliyuncs.com" }
}

/// The regions and zones of one cloud.
struct Geography: Sendable {
    let regions: [Region]

    /// The region with this id, or nil.
    func region(_ id: String) -> Region? { regions.first { $0.id == id } }

    /// The region that a zone lies in, or nil when there is no such zone.
    func region(ofZone zoneId: String) -> Region? { regions.first { $0.zones.contains(zoneId) } }
}

extension Geography {
    static let publicCloud = Geography(regions: [
        region("cn-qingdao", "China (Qingdao)", "bc"),
        region("cn-beijing", "China (Beijing)", "fghk"),
        region("cn-zhangjiakou", "China (Zhangjiakou)", "ab"),
        region("cn-huhehaote", "China (Hohhot)", "ab"),
        region("cn-hangzhou", "China (Hangzhou)", "fghijk"),
        region("cn-shanghai", "China (Shanghai)", "befgl"),
        region("cn-shenzhen", "China (Shenzhen)", "def"),
        region("cn-hongkong", "China (Hong Kong)", "bcd"),
        region("ap-southeast-1", "Singapore", "abc"),
        region("ap-southeast-5", "Indonesia (Jakarta)", "ab"),
        region("ap-northeast-1", "Japan (Tokyo)", "ab"),
        region("eu-central-1", "Germany (Frankfurt)", "ab"),
        region("us-west-1", "US (Silicon Valley)", "ab"),
        region("us-east-1", "US (Virginia)", "ab"),
        region("me-east-1", "UAE (Dubai)", "a"),
    ])

    /// One installation: a region with two zones, and a smaller one.
    static let privateCloud = Geography(regions: [
        Region(id: "cn-qingdao-sg-d01", localName: "Qingdao", zones: ["cn-qingdao-sg-a01", "cn-qingdao-sg-b01"]),
        Region(id: "cn-beijing-btc-d01", localName: "Beijing", zones: ["cn-beijing-btc-a01"]),
    ])

    /// The public cloud's region with this id, or nil.
    static func region(_ id: String) -> Region? { publicCloud.region(id) }

    /// The public cloud's region that a zone lies in, or nil when there is no such zone.
    static func region(ofZone zoneId: String) -> Region? { publicCloud.region(ofZone: zoneId) }

    /// Zones of regions outside China end in the region's number and a letter without a hyphen.
    private static func region(_ id: String, _ localName: String, _ letters: String) -> Region {
        let glue = id.hasPrefix("cn-") ? "-" : ""
        return Region(id: id, localName: localName, zones: letters.map { "\(id)\(glue)\($0)" })
    }
}
