import Bytes

/// Running commands on instances, and stopping them.
enum InvocationActions {
    static let handlers: [String: ActionHandler] = [
        "InvokeCommand": invoke,
        "StopInvocation": stop,
    ]

    @Sendable
    private static func invoke(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let command = try world.command(context)
        let instances = try world.assistedInstances(context)
        for instance in instances {
            guard !instance.isClassic else { throw CloudError("InvalidInstance.NotVpc") }
            guard instance.state.state(at: context.now) == .running else { throw CloudError("InvalidInstanceStatus") }
            guard instance.assistant == .installed else { throw CloudError("InvalidInstance.NoClient") }
        }
        var frequency: CronExpression?
        if parameters.flag("Timed") == true {
            guard let text = parameters.text("Frequency") else { throw CloudError("MissingParameter.Frequency") }
            guard let expression = CronExpression(text) else { throw .invalid("Frequency") }
            frequency = expression
        }
        let script = Script(
            String(
                decoding: Array(command.content.utf8).withView { Base64.decode($0) } ?? [], as: UTF8.self))
        let dispatching = context.durations[.commandDispatching]
        let start = context.now.adding(milliseconds: dispatching)
        let id = world.identifiers.hexadecimal("t")
        world.invocations[id] = Invocation(
            id: id, regionId: command.regionId, commandId: command.id, commandName: command.name,
            commandKind: command.kind, creationTime: context.now, dispatching: dispatching, frequency: frequency,
            targets: instances.map { instance in
                var outcome = outcome(of: script, command, on: instance, world, at: start)
                outcome.lasting = context.durations.scaled(outcome.lasting)
                return Invocation.Target(instanceId: instance.id, outcome: outcome)
            })
        return ["InvokeId": .string(id)]
    }

    private static func outcome(
        of script: Script, _ command: Command, on instance: Instance, _ world: World, at start: SimulatedTime
    ) -> Script.Outcome {
        let isWindows = world.images[instance.imageId]?.isWindows ?? false
        // The client finds no interpreter for the other system's scripts.
        guard isWindows == (command.kind != .shell) else {
            return Script.Outcome(output: "", exitCode: 127, lasting: 1_000, timesOut: false)
        }
        let home = isWindows ? "C:\\ProgramData\\aliyun\\assist\\2.2.3.612" : "/root"
        return script.run(
            command.kind, on: instance, in: command.workingDirectory.isEmpty ? home : command.workingDirectory,
            timeout: command.timeout, at: start)
    }

    /// Stops an order on all or some of its instances. What runs already goes on.
    @Sendable
    private static func stop(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        guard var invocation = world.invocations[try context.required("InvokeId")], invocation.regionId == region else {
            throw CloudError("InvalidInvokeId.NotFound")
        }
        let wanted = context.parameters.jsonArray("InstanceIds").map { Set($0) }
        for (index, target) in invocation.targets.enumerated()
        where target.stopTime == nil && wanted?.contains(target.instanceId) ?? true {
            guard invocation.state(of: target, at: context.now) == .running else { continue }
            invocation.targets[index].stopTime = context.now
        }
        world.invocations[invocation.id] = invocation
        return .empty
    }
}

extension World {
    /// The instances that a call of cloud assistant names, as a JSON array or numbered, all of which must be in its region.
    func assistedInstances(_ context: ActionContext) throws(CloudError) -> [Instance] {
        let region = try context.requiredRegion()
        let ids = context.parameters.jsonArray("InstanceIds") ?? context.parameters.list("InstanceId")
        guard !ids.isEmpty else { throw CloudError("MissingParameter.InstanceIds") }
        return try ids.map { id throws(CloudError) in
            guard let instance = instances[id], instance.regionId == region else {
                throw CloudError("InvalidInstance.NotFound")
            }
            return instance
        }
    }
}
