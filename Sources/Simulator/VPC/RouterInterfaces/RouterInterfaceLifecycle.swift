import Bytes

/// Linking two routers, and taking a link out of work and back.
enum RouterInterfaceLifecycle {
    static let handlers: [String: ActionHandler] = [
        "ConnectRouterInterface": connect,
        "ActivateRouterInterface": activate,
        "DeactivateRouterInterface": deactivate,
    ]

    @Sendable
    private static func connect(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var interface = try world.routerInterface(context)
        guard interface.role == .initiating else { throw CloudError("IncorrectRole.NotInitiatingSide") }
        guard interface.state.state(at: context.now) == .idle else { throw CloudError("IncorrectStatus") }
        guard !world.vpc.routerInterfaces.all.contains(where: \.isLocked) else {
            throw CloudError("Forbidden.BillsOutstanding")
        }
        guard interface.opposite.isComplete else { throw CloudError("IncorrectOppositeInterfaceInfo.NotSet") }
        var peer = try peer(of: interface, world, context)
        let lasting = context.lasting(.interfaceConnecting)
        interface.state = Timeline(from: context.now, [(state: .connecting, lasting: lasting)], target: .active)
        peer.state = Timeline(from: context.now, [(state: .acceptingConnect, lasting: lasting)], target: .active)
        interface.connectedTime = interface.state.end
        peer.connectedTime = peer.state.end
        world.vpc.routerInterfaces[interface.id] = interface
        world.vpc.routerInterfaces[peer.id] = peer
        return .empty
    }

    /// The interface that `interface` is told of, when both agree.
    private static func peer(
        of interface: RouterInterface, _ world: World, _ context: ActionContext
    ) throws(CloudError) -> RouterInterface {
        let told = interface.opposite
        guard let peer = world.vpc.routerInterfaces[told.interfaceId], peer.role == .accepting,
            peer.routerId == told.routerId, peer.routerType == told.routerType, peer.regionId == told.regionId,
            told.ownerId == context.accountId, peer.routerId != interface.routerId,
            peer.state.state(at: context.now) == .idle
        else { throw CloudError("IncorrectOppositeInterfaceInfo", about: "Maybe the RouterInterface or Router") }
        guard peer.opposite.interfaceId == interface.id, peer.opposite.routerId == interface.routerId else {
            throw CloudError("RejectedByOppositeInterface")
        }
        // Two routers have one link at most.
        let isLinked = world.vpc.routerInterfaces.all.contains {
            $0.routerId == interface.routerId && $0.opposite.routerId == peer.routerId
                && $0.state.state(at: context.now) != .idle
        }
        guard !isLinked else { throw CloudError("IncorrectOppositeInterfaceInfo", about: "Maybe the RouterInterface or Router") }
        return peer
    }

    @Sendable
    private static func activate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let interface = try unlocked(world, context, in: .inactive)
        world.vpc.routerInterfaces[interface.id]?.state = Timeline(
            from: context.now, [(state: .activating, lasting: context.lasting(.interfaceActivating))], target: .active)
        return .empty
    }

    @Sendable
    private static func deactivate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let interface = try unlocked(world, context, in: .active)
        world.vpc.routerInterfaces[interface.id]?.state = Timeline(
            from: context.now, [(state: .deactivating, lasting: context.lasting(.interfaceDeactivating))], target: .inactive)
        return .empty
    }

    private static func unlocked(
        _ world: World, _ context: ActionContext, in state: RouterInterface.State
    ) throws(CloudError) -> RouterInterface {
        let interface = try world.routerInterface(context)
        guard interface.state.state(at: context.now) == state else { throw CloudError("IncorrectStatus") }
        guard !interface.isLocked else { throw CloudError("Forbidden.FinancileLocked") }
        return interface
    }
}
