import Bytes

/// Starting, stopping, restarting and releasing instances.
enum InstanceLifecycle {
    static let handlers: [String: ActionHandler] = [
        "StartInstance": start,
        "StopInstance": stop,
        "RebootInstance": reboot,
        "DeleteInstance": delete,
    ]

    @Sendable
    private static func start(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var instance = try unlocked(world, context)
        guard instance.state.state(at: context.now) == .stopped else { throw CloudError("IncorrectInstanceStatus") }
        guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("InstanceExpired") }
        instance.state = Timeline(
            from: context.now, [(state: .starting, lasting: context.durations[.instanceStarting])], target: .running)
        instance.startTime = instance.state.end
        instance.restart()
        instance.stopsCharging = false
        instance.changedAddressSinceStop = false
        if instance.internetMaxBandwidthOut > 0, instance.publicIpAddresses.isEmpty {
            instance.publicIpAddresses = [PublicAddress.make(&world)]
        }
        world.instances[instance.id] = instance
        return .empty
    }

    @Sendable
    private static func stop(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var instance = try unlocked(world, context)
        guard instance.state.state(at: context.now) == .running else { throw CloudError("IncorrectInstanceStatus") }
        try refuseExpired(instance, context)
        if context.parameters.text("StoppedMode") == "StopCharging" {
            guard instance.chargeType == .postPaid else {
                throw CloudError("InvalidInstanceId.NotSupport", about: "Pre pay")
            }
            guard instance.spot.strategy == "NoSpot" else {
                throw CloudError("InvalidInstanceId.NotSupport", about: "Spot")
            }
            instance.stopsCharging = true
            instance.publicIpAddresses = []
        }
        let isForced = context.parameters.flag("ForceStop") == true
        let lasting = context.durations[isForced ? .instanceForcedStop : .instanceStopping]
        instance.state = Timeline(from: context.now, [(state: .stopping, lasting: lasting)], target: .stopped)
        world.instances[instance.id] = instance
        return .empty
    }

    @Sendable
    private static func reboot(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var instance = try unlocked(world, context)
        guard instance.state.state(at: context.now) == .running else { throw CloudError("IncorrectInstanceStatus") }
        try refuseExpired(instance, context)
        instance.state = Timeline(
            from: context.now, [(state: .starting, lasting: context.durations[.instanceRebooting])], target: .running)
        instance.startTime = instance.state.end
        instance.restart()
        world.instances[instance.id] = instance
        world.avoidEvents(of: instance, at: context.now)
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.instance(try context.required("InstanceId"))
        guard !instance.hasDeletionProtection else { throw CloudError("InvalidOperation.DeletionProtection") }
        if instance.chargeType == .prePaid {
            let isExpired = instance.expiredTime.map { $0 <= context.now } ?? false
            guard isExpired, context.parameters.flag("TerminateSubscription") == true else {
                throw CloudError("ChargeTypeViolation")
            }
        }
        switch instance.state.state(at: context.now) {
        case .stopped: break
        case .pending: throw CloudError("IncorrectInstanceStatus.Initializing")
        case .running where context.parameters.flag("Force") == true: break
        case .running, .starting, .stopping: throw CloudError("IncorrectInstanceStatus")
        }
        world.remove(instance)
        return .empty
    }

    /// The instance that the call names, refused while it is locked for security.
    private static func unlocked(_ world: World, _ context: ActionContext) throws(CloudError) -> Instance {
        let instance = try world.instance(try context.required("InstanceId"))
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        return instance
    }

    private static func refuseExpired(_ instance: Instance, _ context: ActionContext) throws(CloudError) {
        guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("InstanceExpiredOrInArrears") }
    }
}
