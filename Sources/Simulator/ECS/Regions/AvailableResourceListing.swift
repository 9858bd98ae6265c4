import Bytes

/// What can be bought in which zone: DescribeAvailableResource. Whatever a zone offers is in stock.
enum AvailableResourceListing {
    static let handlers: [String: ActionHandler] = ["DescribeAvailableResource": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let query = try ResourceQuery(context)
        let parameters = context.parameters
        guard parameters.text("DedicatedHostId") == nil else { throw CloudError("InvalidDedicatedHostId.NotFound") }
        let isSpot = parameters.text("SpotStrategy").map { $0 != "NoSpot" } ?? false
        guard !isSpot || parameters.text("InstanceChargeType") != "PrePaid" else { throw CloudError("Invalid.SpotStrategy") }
        try checkNeeds(query, parameters)
        let zones = query.region.zones.filter { query.zoneId == nil || $0 == query.zoneId }
        var shown: [JSONValue] = []
        for zone in zones {
            let offers = offers(query, parameters, zone)
            guard !offers.isEmpty || query.destination == "Zone" else { continue }
            let resource: JSONValue = [
                "Type": .string(query.destination),
                "SupportedResources": .list("SupportedResource", offers.map(\.rendered)),
            ]
            shown.append([
                "RegionId": .string(query.region.id), "ZoneId": .string(zone), "Status": "Available",
                "StatusCategory": "WithStock",
                "AvailableResources": .list("AvailableResource", offers.isEmpty ? [] : [resource]),
            ])
        }
        return ["AvailableZones": .list("AvailableZone", shown)]
    }

    /// The further right in the order of resources, the more parameters are needed.
    private static func checkNeeds(_ query: ResourceQuery, _ parameters: CallParameters) throws(CloudError) {
        let isDataDisk = query.destination == "DataDisk" && parameters.text("ResourceType") != "disk"
        guard isDataDisk || query.destination == "SystemDisk" else { return }
        guard query.instanceType != nil else { throw .missing("InstanceType") }
        guard !isDataDisk || parameters.text("SystemDiskCategory") != nil else { throw .missing("SystemDiskCategory") }
    }

    private static func offers(_ query: ResourceQuery, _ parameters: CallParameters, _ zone: String) -> [ResourceOffer] {
        let optimization = parameters.text("IoOptimized")
        let types = query.types(in: zone).filter { optimization != "none" || !$0.family.needsIOOptimized }
        // Only what an instance of a wanted type could use, and instances live in VPCs.
        guard !types.isEmpty, parameters.text("NetworkCategory") != "classic" else { return [] }
        switch query.destination {
        case "IoOptimized":
            let values = types.contains { !$0.family.needsIOOptimized } ? ["optimized", "none"] : ["optimized"]
            return values.filter { optimization == nil || $0 == optimization }.map { ResourceOffer(value: $0) }
        case "InstanceType": return types.map { ResourceOffer(value: $0.id) }
        case "Network": return [ResourceOffer(value: "vpc")]
        case "SystemDisk":
            let wanted = parameters.text("SystemDiskCategory")
            return ResourceOffer.systemDisks.filter { wanted == nil || $0.value == wanted }
        case "DataDisk":
            let wanted = parameters.text("DataDiskCategory")
            return ResourceOffer.dataDisks(alone: parameters.text("ResourceType") == "disk")
                .filter { wanted == nil || $0.value == wanted }
        // The simulated cloud has no dedicated hosts, and a zone is itself.
        default: return []
        }
    }
}
