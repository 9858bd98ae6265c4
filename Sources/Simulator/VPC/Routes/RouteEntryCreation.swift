import Bytes

/// Adding routes: CreateRouteEntry.
enum RouteEntryCreation {
    static let handlers: [String: ActionHandler] = ["CreateRouteEntry": create]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let table = try world.routeTable(try context.required("RouteTableId"))
        guard let destination = IPv4Network(try context.required("DestinationCidrBlock")) else {
            throw CloudError("InvalidCidrBlock.Malformed")
        }
        try check(destination, world, table, context)
        let wanted = context.parameters.structures("NextHopList")
        let hops: [RouteEntry.Hop]
        if wanted.isEmpty {
            hops = [try NextHops.single(world, table, context)]
        } else {
            hops = try NextHops.several(wanted, world, table, context)
        }
        world.vpc.routeTables[table.id]?.entries.append(
            RouteEntry(
                destination: destination, hops: hops, isMultipath: !wanted.isEmpty,
                state: .becoming(lasting: context.lasting(.routePending), from: context.now)))
        return .empty
    }

    private static func check(
        _ destination: IPv4Network, _ world: World, _ table: RouteTable, _ context: ActionContext
    ) throws(CloudError) {
        if case .vpc(let id) = table.owner {
            guard let vpc = world.vpcs[id], vpc.state.isSettled(at: context.now) else { throw CloudError("IncorrectVpcStatus") }
            guard !world.hasUnsettledVSwitch(inVpc: id, at: context.now) else { throw CloudError("IncorretRouteEntryStatus") }
        }
        guard !table.isUnsettled(at: context.now) else { throw CloudError("IncorretRouteEntryStatus") }
        guard isReachable(destination, world, table) else { throw CloudError("InvalidCidrBlock", about: "Specified CIDR block") }
        guard table.entry(to: destination) == nil else { throw CloudError("InvalidCIDRBlock.Duplicate") }
        guard table.entries.count < RouteTable.limit else { throw CloudError("QuotaExceeded") }
    }

    /// Whether a route may lead to a network: not to the cloud's own services, not to or across a vSwitch. A route to
    /// everything is one to what nothing else leads to.
    private static func isReachable(_ destination: IPv4Network, _ world: World, _ table: RouteTable) -> Bool {
        if destination == RouteEntry.everything { return true }
        if let reserved = Vpc.serviceRange, reserved.contains(destination) { return false }
        guard case .vpc(let id) = table.owner else { return true }
        // The whole of 10.0.0.0/8 takes a permission of its own.
        return destination.text != "10.0.0.0/8"
            && !world.vSwitches.all.contains { $0.vpcId == id && $0.cidrBlock.overlaps(destination) }
    }
}
