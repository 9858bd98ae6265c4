import Bytes

/// Binding key pairs to instances and taking them off: AttachKeyPair and DetachKeyPair.
enum KeyPairBinding {
    static let handlers: [String: ActionHandler] = [
        "AttachKeyPair": attach,
        "DetachKeyPair": detach,
    ]

    /// Takes the place of a pair that was bound before.
    @Sendable
    private static func attach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instances = try instances(world, context)
        let name = try context.required("KeyPairName")
        guard world.keyPairs[KeyPair.key(region: try context.requiredRegion(), name: name)] != nil else {
            throw CloudError("InvalidKeyPairName.NotFound")
        }
        for instance in instances {
            guard instance.isIOOptimized else { throw CloudError("DependencyViolation.IoOptimize") }
            world.instances[instance.id]?.keyPairName = name
        }
        return answer(name, instances.map { (id: $0.id, isDone: true) })
    }

    /// An instance that has another pair, or none, is told of in its result and is no fault of the call.
    @Sendable
    private static func detach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instances = try instances(world, context)
        let name = try context.required("KeyPairName")
        let key = KeyPair.key(region: try context.requiredRegion(), name: name)
        // A deleted pair is still on its instances.
        guard world.keyPairs[key] != nil || instances.contains(where: { $0.keyPairName == name }) else {
            throw CloudError("InvalidKeyPairName.NotFound")
        }
        for instance in instances where instance.keyPairName == name { world.instances[instance.id]?.keyPairName = "" }
        return answer(name, instances.map { (id: $0.id, isDone: $0.keyPairName == name) })
    }

    /// The instances of the call, none of which may run Windows.
    private static func instances(_ world: World, _ context: ActionContext) throws(CloudError) -> [Instance] {
        let region = try context.requiredRegion()
        guard let ids = context.parameters.jsonArray("InstanceIds"), !ids.isEmpty else {
            throw CloudError("InvalidInstanceIds.ValueNotSupported")
        }
        return try ids.map { id throws(CloudError) in
            guard let instance = world.instances[id], instance.regionId == region else {
                throw CloudError("InvalidInstanceIds.ValueNotSupported")
            }
            guard world.images[instance.imageId]?.isWindows != true else {
                throw CloudError("DependencyViolation.WindowsInstance")
            }
            return instance
        }
    }

    /// Every value is a string in these answers, numbers and truth values too.
    private static func answer(_ name: String, _ results: [(id: String, isDone: Bool)]) -> JSONValue {
        [
            "KeyPairName": .string(name), "TotalCount": .string(String(results.count)),
            "FailCount": .string(String(results.count { !$0.isDone })),
            "Results": .list(
                "Result",
                results.map { id, isDone in
                    [
                        "InstanceId": .string(id), "Success": .string(String(isDone)),
                        "Code": isDone ? "200" : "InvalidInstanceIds.ValueNotSupported",
                        "Message": isDone ? "successful" : "The specified parameter InstanceIds is not valid.",
                    ]
                }),
        ]
    }
}
