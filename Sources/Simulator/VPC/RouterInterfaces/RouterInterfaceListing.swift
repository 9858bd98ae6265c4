import Bytes

/// Finding router interfaces: DescribeRouterInterfaces.
enum RouterInterfaceListing {
    static let handlers: [String: ActionHandler] = ["DescribeRouterInterfaces": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let found = world.vpc.routerInterfaces.newestFirst.filter { interface in
            interface.regionId == region
                && context.passesFilters([
                    "RouterInterfaceId": interface.id, "RouterId": interface.routerId,
                    "RouterType": interface.routerType.rawValue, "RouterInterfaceOwnerId": context.accountId,
                    "OppositeInterfaceId": interface.opposite.interfaceId,
                    "OppositeRouterType": interface.opposite.routerType.rawValue,
                    "OppositeRouterId": interface.opposite.routerId,
                    "OppositeInterfaceOwnerId": interface.opposite.ownerId,
                    "Status": interface.state.state(at: context.now).rawValue, "Name": interface.name,
                ])
        }
        let current = world
        let page = try Page(clamping: found, context)
        return .object(page.members("RouterInterfaceSet", "RouterInterfaceType") { $0.rendered(current, context) })
    }
}

extension RouterInterface {
    /// An element of DescribeRouterInterfaces.
    fileprivate func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        let peer = world.vpc.routerInterfaces[opposite.interfaceId]
        let connected = connectedTime.flatMap { $0 <= context.now ? $0.text : nil }
        return [
            "RouterInterfaceId": .string(id), "AccessPointId": .string(accessPointId),
            "OppositeRegionId": .string(opposite.regionId), "OppositeAccessPointId": .string(opposite.accessPointId),
            "Role": .string(role.rawValue), "Spec": .string(spec), "Name": .string(name),
            "Description": .string(description), "RouterId": .string(routerId), "RouterType": .string(routerType.rawValue),
            "CreationTime": .string(creationTime.text), "Status": .string(state.state(at: context.now).rawValue),
            "BusinessStatus": .string(isLocked ? "FinancialLocked" : "Normal"),
            "ConnectedTime": .string(connected ?? ""), "OppositeInterfaceId": .string(opposite.interfaceId),
            "OppositeInterfaceSpec": .string(peer?.spec ?? ""),
            "OppositeInterfaceStatus": .string(peer?.state.state(at: context.now).rawValue ?? ""),
            "OppositeInterfaceBusinessStatus": .string(peer == nil ? "" : "Normal"),
            "OppositeRouterId": .string(opposite.routerId), "OppositeRouterType": .string(opposite.routerType.rawValue),
            "OppositeInterfaceOwnerId": .string(opposite.ownerId), "HealthCheckSourceIp": .string(healthCheckSourceIp),
            "HealthCheckTargetIp": .string(healthCheckTargetIp),
        ]
    }
}
