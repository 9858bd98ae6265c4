import Bytes

/// Finding route tables with their routes: DescribeRouteTables.
enum RouteTableListing {
    static let handlers: [String: ActionHandler] = ["DescribeRouteTables": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.region()
        let current = world
        let found = world.vpc.routeTables.newestFirst.filter { table in
            guard let router = current.router(of: table), region == nil || router.regionId == region else { return false }
            let vRouterId = router.type == .vRouter ? router.id : ""
            return context.matches([
                ("RouterType", router.type.rawValue), ("RouterId", router.id), ("VRouterId", vRouterId),
                ("RouteTableId", table.id),
            ])
        }
        let page = try Page(found, context)
        return .object(page.members("RouteTables", "RouteTable") { $0.rendered(current, context) })
    }
}

extension World {
    /// The router that a table belongs to.
    fileprivate func router(of table: RouteTable) -> (type: RouterType, id: String, regionId: String)? {
        switch table.owner {
        case .vpc(let id): vpcs[id].map { (.vRouter, $0.router.id, $0.regionId) }
        case .borderRouter(let id): vpc.borderRouters[id].map { (.borderRouter, $0.id, $0.regionId) }
        }
    }
}

extension RouteTable {
    /// An element of DescribeRouteTables.
    fileprivate func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        guard let router = world.router(of: self) else { return .empty }
        var routes = entries.map { $0.rendered(tableId: id, context) }
        if case .vpc(let vpcId) = owner {
            routes += world.systemRoutes(ofVpc: vpcId).map { destination in
                [
                    "RouteTableId": .string(id), "DestinationCidrBlock": .string(destination.text), "Type": "System",
                    "NextHopType": "", "InstanceId": "", "NextHops": .list("NextHop", [JSONValue]()), "Status": "Available",
                ]
            }
        }
        return [
            "RouterType": .string(router.type.rawValue), "RouterId": .string(router.id),
            "VRouterId": .string(router.type == .vRouter ? router.id : ""), "RouteTableId": .string(id),
            "RouteTableType": "System", "CreationTime": .string(creationTime.text),
            "RouteEntrys": .list("RouteEntry", routes),
        ]
    }
}

extension RouteEntry {
    fileprivate func rendered(tableId: String, _ context: ActionContext) -> JSONValue {
        let single = isMultipath ? nil : hops.first
        let several: [JSONValue] = (isMultipath ? hops : []).map { hop in
            [
                "NextHopType": .string(hop.kind.rawValue), "NextHopId": .string(hop.id), "Enabled": 1,
                "Weight": .integer(hop.weight),
            ]
        }
        return [
            "RouteTableId": .string(tableId), "DestinationCidrBlock": .string(destination.text), "Type": "Custom",
            "NextHopType": .string(single?.kind.rawValue ?? ""), "InstanceId": .string(single?.id ?? ""),
            "NextHops": .list("NextHop", several), "Status": .string(state.state(at: context.now).rawValue),
        ]
    }
}
