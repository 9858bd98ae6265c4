import Bytes

/// RunInstances and CreateInstance with a `DeploymentSetId`: each new instance gets a host by the set's strategy.
enum InstancePlacement {
    static let handlers: [String: ActionHandler] = [
        "RunInstances": make,
        "CreateInstance": make,
    ]

    @Sendable
    private static func make(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        guard let create = InstanceCreation.handlers[context.action] else { throw CloudError("InvalidAction") }
        guard let id = context.parameters.text("DeploymentSetId") else { return try create(&world, context) }
        let set = try world.deploymentSet(id, in: try context.requiredRegion())
        let before = world.instances.count
        let answer = try create(&world, context)
        for instance in world.instances.all.dropFirst(before) {
            guard instance.zoneId == set.zoneId else { throw CloudError("InvalidParameter.Mismatch", about: "zone") }
            try world.place(instance.id, in: set)
        }
        return answer
    }
}

extension World {
    /// Gives an instance its host in a set.
    mutating func place(_ instanceId: String, in set: DeploymentSet) throws(CloudError) {
        guard let host = set.host(besides: members(of: set).map(\.host)) else {
            throw CloudError("OperationDenied.NoStock", about: "out of usage")
        }
        apsara.placements[instanceId] = Placement(setId: set.id, host: host)
    }
}
