import Bytes

/// The routers of VPCs: DescribeVRouters and ModifyVRouterAttribute.
enum VRouterActions {
    static let handlers: [String: ActionHandler] = [
        "DescribeVRouters": list,
        "ModifyVRouterAttribute": modify,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion(orElse: "Forbidden.RegionNotFound")
        let found = world.vpcs.newestFirst.filter {
            $0.regionId == region && !$0.router.id.isEmpty && context.matches([("VRouterId", $0.router.id)])
        }
        let page = try Page(found, context)
        return .object(
            page.members("VRouters", "VRouter") { vpc in
                [
                    "VRouterId": .string(vpc.router.id), "RegionId": .string(vpc.regionId), "VpcId": .string(vpc.id),
                    "RouteTableIds": .list("RouteTableId", [vpc.router.routeTableId]),
                    "VRouterName": .string(vpc.router.name), "Description": .string(vpc.router.description),
                    "CreationTime": .string(vpc.creationTime.text),
                ]
            })
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.region()
        guard let vpc = world.vpc(ofRouter: try context.required("VRouterId")), region == nil || vpc.regionId == region else {
            throw CloudError("InvalidVRouterId.NotFound")
        }
        var router = vpc.router
        router.name = try context.name("VRouterName", orElse: CloudError("InvalidVRouterName.Malformed")) ?? router.name
        router.description =
            try context.description(orElse: CloudError("InvalidVRouterDiscription.Malformed")) ?? router.description
        world.vpcs[vpc.id]?.router = router
        return .empty
    }
}
