/// Reads and checks where a new route leads.
enum NextHops {
    /// The next hop of a plain route.
    static func single(_ world: World, _ table: RouteTable, _ context: ActionContext) throws(CloudError) -> RouteEntry.Hop {
        let kind = try kind(context)
        guard let id = context.parameters.text("NextHopId") else { throw CloudError("InvalidNexthopTypeAndList.BothNull") }
        let hop = RouteEntry.Hop(kind: kind, id: id)
        switch table.owner {
        case .vpc(let vpcId):
            guard let vpc = world.vpcs[vpcId] else { throw CloudError("InvalidRouteTableId.NotFound") }
            try check(hop, world, vpc, context)
        case .borderRouter(let routerId):
            try check(hop, world, borderRouter: routerId, context)
        }
        return hop
    }

    /// The next hops of a multipath route, which VPCs have only.
    static func several(
        _ wanted: [CallParameters], _ world: World, _ table: RouteTable, _ context: ActionContext
    ) throws(CloudError) -> [RouteEntry.Hop] {
        guard case .vpc(let vpcId) = table.owner, let vpc = world.vpcs[vpcId] else { throw CloudError("InvalidRouterType") }
        guard context.parameters.text("NextHopId") == nil, context.parameters.text("NextHopType") == nil else {
            throw .invalid("NextHopList")
        }
        guard (2...4).contains(wanted.count) else { throw CloudError("InvalidNexthopListSize") }
        return try wanted.map { entry throws(CloudError) in
            guard let id = entry.text("NextHopId"), let interface = world.vpc.routerInterfaces[id],
                interface.routerId == vpc.router.id
            else { throw CloudError("InvalidRouterInterface") }
            guard interface.opposite.routerType == .borderRouter else { throw CloudError("InvalidOppositeRouterType") }
            return RouteEntry.Hop(kind: .routerInterface, id: id, weight: entry.integer("Weight") ?? 100)
        }
    }

    private static func kind(_ context: ActionContext) throws(CloudError) -> RouteEntry.Hop.Kind {
        guard let text = context.parameters.text("NextHopType") else { return .instance }
        guard let kind = RouteEntry.Hop.Kind(rawValue: text), kind != .natGateway else { throw .invalid("NextHopType") }
        return kind
    }

    private static func check(
        _ hop: RouteEntry.Hop, _ world: World, _ vpc: Vpc, _ context: ActionContext
    ) throws(CloudError) {
        switch hop.kind {
        case .instance:
            guard let instance = world.instances[hop.id] else { throw CloudError("InvalidInstanceId.NotFound") }
            guard instance.vpcId == vpc.id else { throw CloudError("InvalidNextHopId.NotFound") }
            guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
                throw CloudError("IncorrectInstanceStatus")
            }
        case .haVip: try check(haVip: hop.id, world, vpc, context)
        case .routerInterface:
            guard let interface = world.vpc.routerInterfaces[hop.id], interface.routerId == vpc.router.id else {
                throw CloudError("InvalidRouterInterface")
            }
        case .vpnGateway:
            guard let gateway = world.vpc.vpnGateways[hop.id], gateway.vpcId == vpc.id else {
                throw CloudError("InvalidNextHopId.NotFound")
            }
        // There are no tunnels, and the route of a NAT gateway comes with it.
        case .tunnel, .natGateway: throw CloudError("InvalidNextHopId.NotFound")
        }
    }

    private static func check(
        haVip id: String, _ world: World, _ vpc: Vpc, _ context: ActionContext
    ) throws(CloudError) {
        guard let haVip = world.vpc.haVips[id], haVip.vpcId == vpc.id else { throw CloudError("InvalidHaVipId.NotFound") }
        guard haVip.isUsable(at: context.now) else { throw CloudError("IncorrectHaVipStatus") }
        let entries = world.vpc.routeTables[vpc.router.routeTableId]?.entries ?? []
        guard entries.count(where: { $0.hops.first?.kind == .haVip }) < RouteTable.haVipLimit else {
            throw CloudError("CountLimitExceed.HaVipRouteEntry")
        }
    }

    private static func check(
        _ hop: RouteEntry.Hop, _ world: World, borderRouter id: String, _ context: ActionContext
    ) throws(CloudError) {
        guard hop.kind == .routerInterface, let router = world.vpc.borderRouters[id] else {
            throw CloudError("InvalidRouterInterface")
        }
        let isOwn = hop.id == router.lineInterfaceId || world.vpc.routerInterfaces[hop.id]?.routerId == id
        guard isOwn else { throw CloudError("InvalidRouterInterface") }
        guard router.state.state(at: context.now) == .enabled else { throw CloudError("InvalidVBRStatus") }
        guard world.vpc.physicalConnections[router.physicalConnectionId]?.state.state(at: context.now) == .enabled else {
            throw CloudError("InvalidPhysicalConnectionBusinessStatus")
        }
    }
}
