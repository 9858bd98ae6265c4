import Bytes

/// Finding places for leased lines: DescribeAccessPoints.
enum AccessPointListing {
    static let handlers: [String: ActionHandler] = ["DescribeAccessPoints": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let page = try Page(clamping: Geography.region(region).map(AccessPoint.all) ?? [], context)
        return .object(
            page.members("AccessPointSet", "AccessPointType") { point in
                [
                    "AccessPointId": .string(point.id), "Type": "VPC", "Status": .string(point.status),
                    "Name": .string(point.name), "Description": "", "AttachedRegionId": .string(point.regionId),
                    "Location": .string(point.location), "HostOperator": .string(point.hostOperator),
                ]
            })
    }
}
