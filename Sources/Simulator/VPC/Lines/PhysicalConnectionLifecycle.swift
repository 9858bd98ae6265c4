import Bytes

/// Putting leased lines to use, giving them up, and deleting their records.
enum PhysicalConnectionLifecycle {
    static let handlers: [String: ActionHandler] = [
        "EnablePhysicalConnection": enable,
        "CancelPhysicalConnection": cancel,
        "TerminatePhysicalConnection": terminate,
        "DeletePhysicalConnection": delete,
    ]

    @Sendable
    private static func enable(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let line = try line(world, context, in: [.confirmed])
        world.vpc.physicalConnections[line.id]?.state = Timeline(.enabled, since: context.now)
        world.vpc.physicalConnections[line.id]?.enabledTime = context.now
        return .empty
    }

    @Sendable
    private static func cancel(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let line = try line(world, context, in: [.initial, .approved, .allocated, .confirmed])
        world.vpc.physicalConnections[line.id]?.state = Timeline(.canceled, since: context.now)
        return .empty
    }

    /// The own routers must be deleted before, those of others at least terminated.
    @Sendable
    private static func terminate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let line = try line(world, context, in: [.enabled])
        let isInUse = world.borderRouters(ofLine: line.id).contains {
            $0.ownerId == context.accountId || $0.state.state(at: context.now) != .terminated
        }
        guard !isInUse else { throw CloudError("Forbidden.VbrAttached") }
        world.vpc.physicalConnections[line.id]?.state = Timeline(
            from: context.now, [(state: .terminating, lasting: context.lasting(.lineTerminating))], target: .terminated)
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let line = try line(world, context, in: [.rejected, .canceled, .allocationFailed, .terminated])
        if let router = world.borderRouters(ofLine: line.id).first {
            let isOwn = router.ownerId == context.accountId
            throw CloudError(
                "Forbidden.VBRExists", about: isOwn ? "physical connection owner's" : "vbr owner's")
        }
        world.vpc.physicalConnections[line.id] = nil
        return .empty
    }

    private static func line(
        _ world: World, _ context: ActionContext, in states: Set<PhysicalConnection.State>
    ) throws(CloudError) -> PhysicalConnection {
        let line = try world.physicalConnection(context)
        guard states.contains(line.state.state(at: context.now)) else { throw CloudError("Forbidden.NotAllowedInState") }
        return line
    }
}
