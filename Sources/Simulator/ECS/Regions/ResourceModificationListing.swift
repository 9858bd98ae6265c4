import Bytes

/// What an instance can be changed to: DescribeResourcesModification. ModifyInstanceSpec accepts what it lists for the
/// instance's own zone.
enum ResourceModificationListing {
    static let handlers: [String: ActionHandler] = ["DescribeResourcesModification": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let query = try ResourceQuery(context)
        guard let instance = world.instances[try context.required("ResourceId")], instance.regionId == query.region.id else {
            throw CloudError("InvalidResourceId.NotFound")
        }
        let zone = query.zoneId ?? instance.zoneId
        let types = query.types(in: zone).filter { $0.family.architecture == instance.type.family.architecture }
        let offers: [ResourceOffer]
        if query.destination == "SystemDisk" {
            guard query.instanceType != nil else { throw .missing("InstanceType") }
            guard !types.isEmpty else { throw CloudError("OperationDenied") }
            offers = ResourceOffer.systemDisks
        } else {
            let operation = context.parameters.text("OperationType") ?? "Upgrade"
            offers = types.filter { isReached(by: operation, $0, from: instance.type) }.map { ResourceOffer(value: $0.id) }
        }
        let resource: JSONValue = [
            "Type": .string(query.destination),
            "SupportedResources": .list("SupportedResource", offers.map(\.rendered)),
            // No change needs another disk category.
            "ConditionSupportedResources": .list("ConditionSupportedResource", [JSONValue]()),
        ]
        return [
            "AvailableZones": .list(
                "AvailableZone",
                offers.isEmpty
                    ? []
                    : [
                        [
                            "RegionId": .string(query.region.id), "ZoneId": .string(zone), "Status": "Available",
                            "StatusCategory": "WithStock", "AvailableResources": .list("AvailableResource", [resource]),
                        ]
                    ])
        ]
    }

    private static func isReached(by operation: String, _ type: InstanceType, from current: InstanceType) -> Bool {
        guard type != current else { return false }
        return switch operation {
        case "Upgrade": type.hourlyPrice >= current.hourlyPrice
        case "Downgrade", "RenewDowngrade": type.hourlyPrice <= current.hourlyPrice
        default: true
        }
    }
}
