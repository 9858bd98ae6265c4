import Bytes

/// Ending the use of a line by a virtual border router, taking it up again, and deleting the router.
enum BorderRouterLifecycle {
    static let handlers: [String: ActionHandler] = [
        "TerminateVirtualBorderRouter": terminate,
        "RecoverVirtualBorderRouter": recover,
        "DeleteVirtualBorderRouter": delete,
    ]

    @Sendable
    private static func terminate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var router = try world.borderRouter(context)
        guard router.state.state(at: context.now) == .enabled else {
            throw CloudError("InvalidOperation.OperationNotAllowedInState")
        }
        router.state = Timeline(
            from: context.now, [(state: .terminating, lasting: context.lasting(.borderRouterTerminating))],
            target: .terminated)
        router.terminationTime = router.state.end
        world.vpc.borderRouters[router.id] = router
        return .empty
    }

    @Sendable
    private static func recover(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var router = try world.borderRouter(context)
        let line = world.vpc.physicalConnections[router.physicalConnectionId]
        guard router.state.state(at: context.now) == .terminated, line?.state.state(at: context.now) == .enabled else {
            throw CloudError("InvalidOperation.OperationNotAllowedInState")
        }
        let isTaken = world.isVlanTaken(
            router.vlanId, onLine: router.physicalConnectionId, besides: router.id, at: context.now)
        guard !isTaken else { throw CloudError("OperationFailed.VlanIdAlreadyInUse") }
        router.state = Timeline(
            from: context.now, [(state: .recovering, lasting: context.lasting(.borderRouterRecovering))], target: .enabled)
        router.recoveryTime = router.state.end
        world.vpc.borderRouters[router.id] = router
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let router = try world.borderRouter(context)
        let shown = router.state.state(at: context.now)
        guard router.ownerId == context.accountId || shown == .unconfirmed else {
            throw CloudError("Forbidden.OperationNotAllowedByUser")
        }
        guard [.unconfirmed, .enabled, .terminated].contains(shown) else {
            throw CloudError("InvalidOperation.OperationNotAllowedInState")
        }
        let hasInterface = world.vpc.routerInterfaces.all.contains { $0.routerId == router.id }
        let hasRoute = !(world.vpc.routeTables[router.routeTableId]?.entries.isEmpty ?? true)
        guard !hasInterface, !hasRoute else { throw CloudError("InvalidOperation.RouterInterfaceNotDeleted") }
        world.vpc.routeTables[router.routeTableId] = nil
        world.vpc.borderRouters[router.id] = nil
        return .empty
    }
}
