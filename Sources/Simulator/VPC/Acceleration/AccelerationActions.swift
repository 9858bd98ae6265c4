import Bytes

/// Making, changing and deleting global acceleration instances.
enum AccelerationActions {
    static let handlers: [String: ActionHandler] = [
        "CreateGlobalAccelerationInstance": create,
        "ModifyGlobalAccelerationInstanceAttributes": modify,
        "ModifyGlobalAccelerationInstanceSpec": modifySpec,
        "DeleteGlobalAccelerationInstance": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let location = try context.required("ServiceLocation")
        guard GlobalAcceleration.serves(location, from: region) else { throw CloudError("InvalidServiceLocation.Mismatch") }
        let id = world.identifiers.resource("ga")
        var instance = GlobalAcceleration(
            id: id, regionId: region, address: PublicAddress.make(&world), bandwidth: try bandwidth(context),
            serviceLocation: location, creationTime: context.now, state: Timeline(.available, since: context.now))
        try set(&instance, context)
        world.vpc.accelerations[id] = instance
        return ["GlobalAccelerationInstanceId": .string(id), "IpAddress": .string(instance.address)]
    }

    private static func bandwidth(_ context: ActionContext) throws(CloudError) -> Int {
        guard let bandwidth = Int(try context.required("Bandwidth")) else {
            throw CloudError("InvalidBandwidth.ValueNotSupported")
        }
        return bandwidth
    }

    private static func set(_ instance: inout GlobalAcceleration, _ context: ActionContext) throws(CloudError) {
        instance.name =
            try context.name("Name", orElse: CloudError("InvalidGlobalAccelerationInstanceName.Malformed")) ?? instance.name
        instance.description =
            try context.description(orElse: CloudError("InvalidGlobalAccelerationInstanceDescription.Malformed"))
            ?? instance.description
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var instance = try world.acceleration(context)
        try set(&instance, context)
        world.vpc.accelerations[instance.id] = instance
        return .empty
    }

    @Sendable
    private static func modifySpec(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.acceleration(context)
        world.vpc.accelerations[instance.id]?.bandwidth = try bandwidth(context)
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.acceleration(context)
        guard instance.state.state(at: context.now) == .available else {
            throw CloudError("IncorrectGlobalAccelerationInstanceIdStatus")
        }
        world.vpc.accelerations[instance.id] = nil
        return .empty
    }
}
