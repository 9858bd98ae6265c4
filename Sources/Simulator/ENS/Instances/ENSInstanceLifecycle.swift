import Bytes

/// Starting, stopping, restarting and releasing instances.
enum ENSInstanceLifecycle {
    static let handlers: [String: ActionHandler] = [
        "StartInstance": start,
        "StopInstance": stop,
        "RebootInstance": reboot,
        "ReleasePostPaidInstance": release,
        "AttachEnsInstances": attachToCluster,
    ]

    @Sendable
    private static func start(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        try change(&world, context, from: [.stopped], .starting, .instanceStarting, to: .running)
        return ENS.done
    }

    @Sendable
    private static func stop(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let isForced = context.parameters.text("ForceStop") == "true"
        try change(
            &world, context, from: [.running], .stopping, isForced ? .instanceForcedStop : .instanceStopping,
            to: .stopped)
        return ENS.done
    }

    @Sendable
    private static func reboot(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        try change(&world, context, from: [.running], .starting, .instanceRebooting, to: .running)
        return ENS.done
    }

    /// What is paid for in advance stays until its time is over.
    @Sendable
    private static func release(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.edgeInstance(context)
        guard instance.kind == .postPaid else { throw CloudError("UnsupportedOperation") }
        world.remove(instance)
        return .empty
    }

    /// Runs a script that makes the instance a member of a cluster, and restarts it.
    @Sendable
    private static func attachToCluster(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.edgeInstance(context)
        guard instance.spec.cores >= 2, instance.spec.memory >= 4096, instance.image.fitsClusters else {
            throw CloudError("UnsupportedOperation")
        }
        try change(&world, context, from: [.running, .stopped], .starting, .instanceRebooting, to: .running)
        return .empty
    }

    private static func change(
        _ world: inout World, _ context: ActionContext, from allowed: Set<ENSInstance.State>,
        _ passing: ENSInstance.State, _ step: ENSStep, to target: ENSInstance.State
    ) throws(CloudError) {
        let instance = try world.edgeInstance(context)
        guard allowed.contains(instance.state(at: context.now)) else { throw CloudError("IncorrectInstanceStatus") }
        world.ens.instances[instance.id]?.lifecycle = Timeline(
            from: context.now, [(state: passing, lasting: context.duration(of: step))], target: target)
    }
}
