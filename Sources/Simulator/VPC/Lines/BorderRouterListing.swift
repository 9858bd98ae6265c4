import Bytes

/// Finding virtual border routers: one's own, and those on one's own lines.
enum BorderRouterListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeVirtualBorderRouters": list,
        "DescribeVirtualBorderRoutersForPhysicalConnection": listOfLine,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let found = world.vpc.borderRouters.newestFirst.filter { router in
            router.regionId == region && router.ownerId == context.accountId
                && context.passesFilters([
                    "VbrId": router.id, "PhysicalConnectionId": router.physicalConnectionId, "Name": router.name,
                    "Status": router.state.state(at: context.now).rawValue, "AccessPointId": router.accessPointId,
                ])
        }
        let current = world
        let page = try Page(clamping: found, context)
        return .object(page.members("VirtualBorderRouterSet", "VirtualBorderRouterType") { $0.rendered(current, context) })
    }

    @Sendable
    private static func listOfLine(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let line = try world.physicalConnection(context)
        let page = try Page(clamping: world.borderRouters(ofLine: line.id).reversed(), context)
        let (list, element) = (
            "VirtualBorderRouterForPhysicalConnectionSet", "VirtualBorderRouterForPhysicalConnectionType"
        )
        return .object(
            page.members(list, element) { router in
                .object(
                    [
                        .init("VbrId", .string(router.id)),
                        .init("VbrOwnerUid", .string(router.ownerId == context.accountId ? "" : router.ownerId)),
                    ] + router.times(context) + router.line)
            })
    }
}

extension BorderRouter {
    fileprivate func times(_ context: ActionContext) -> [JSONValue.Member] {
        // What lies ahead has not happened.
        let past = { (time: SimulatedTime?) -> JSONValue in
            .string(time.flatMap { $0 <= context.now ? $0.text : nil } ?? "")
        }
        return [
            .init("CreationTime", .string(creationTime.text)), .init("ActivationTime", past(activationTime)),
            .init("TerminationTime", past(terminationTime)), .init("RecoveryTime", past(recoveryTime)),
        ]
    }

    fileprivate var line: [JSONValue.Member] {
        [.init("VlanId", .string(String(vlanId))), .init("CircuitCode", .string(circuitCode))]
    }

    /// An element of DescribeVirtualBorderRouters.
    fileprivate func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        let connection = world.vpc.physicalConnections[physicalConnectionId]
        return .object(
            [.init("VbrId", .string(id)), .init("Status", .string(state.state(at: context.now).rawValue))]
                + times(context) + line + [
                    .init("RouteTableId", .string(routeTableId)), .init("VlanInterfaceId", .string(lineInterfaceId)),
                    .init("LocalGatewayIp", .string(localGatewayIp)), .init("PeerGatewayIp", .string(peerGatewayIp)),
                    .init("PeeringSubnetMask", .string(peeringSubnetMask)), .init("Name", .string(name)),
                    .init("Description", .string(description)),
                    .init("PhysicalConnectionId", .string(physicalConnectionId)),
                    .init(
                        "PhysicalConnectionStatus",
                        .string(connection?.state.state(at: context.now).rawValue ?? "Deleted")),
                    .init("PhysicalConnectionBusinessStatus", .string(connection == nil ? "" : "Normal")),
                    .init("PhysicalConnectionOwnerUid", .string(connection == nil ? "" : context.accountId)),
                    .init("AccessPointId", .string(accessPointId)),
                ])
    }
}
