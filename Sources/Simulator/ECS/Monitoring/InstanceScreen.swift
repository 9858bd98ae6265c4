import Bytes

/// What an instance shows on its screen, and what it said on its console.
enum InstanceScreen {
    static let handlers: [String: ActionHandler] = [
        "GetInstanceScreenshot": screenshot,
        "GetInstanceConsoleOutput": consoleOutput,
    ]

    @Sendable
    private static func screenshot(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try instance(world, context)
        let state = instance.state.state(at: context.now)
        guard state == .running else { throw CloudError("IncorrectInstanceStatus", values: [state.rawValue]) }
        return ["InstanceId": .string(instance.id), "Screenshot": .string(Screenshot.base64)]
    }

    @Sendable
    private static func consoleOutput(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try instance(world, context)
        guard let image = world.images[instance.imageId], !image.isWindows else {
            throw CloudError("NotSupported", values: [instance.id])
        }
        let state = instance.state.state(at: context.now)
        guard let started = instance.startTime, started <= context.now, state != .stopped else {
            throw CloudError("IncorrectInstanceStatus", values: [state.rawValue])
        }
        var output: [UInt8] = []
        Array(BootLog.text(of: instance, image).utf8).withView { output.append(base64: $0) }
        return [
            "InstanceId": .string(instance.id), "ConsoleOutput": .string(String(decoding: output, as: UTF8.self)),
            "LastUpdateTime": .string(started.text),
        ]
    }

    /// The instance of the call, which must not be of a type that is phased out.
    private static func instance(_ world: World, _ context: ActionContext) throws(CloudError) -> Instance {
        let region = try context.requiredRegion()
        let id = try context.required("InstanceId")
        guard let instance = world.instances[id], instance.regionId == region else {
            throw CloudError("InvalidParameter", about: "instanceId")
        }
        guard instance.type.family.generation != "ecs-1" else { throw CloudError("NotSupported", values: [id]) }
        return instance
    }
}
