import Bytes

/// Public addresses and bandwidth of instances: AllocatePublicIpAddress and ModifyInstanceNetworkSpec.
enum PrivateInstanceNetwork {
    static let handlers: [String: ActionHandler] = [
        "AllocatePublicIpAddress": allocate,
        "ModifyInstanceNetworkSpec": modify,
    ]

    /// Mbit/s.
    private static let bandwidths = 0...200

    /// Instances of the classic network only, and one address each.
    @Sendable
    private static func allocate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try instance(world, context)
        guard instance.vpcId.isEmpty else { throw CloudError("OperationDenied") }
        if let address = instance.publicIpAddresses.first { return ["IpAddress": .string(address)] }
        let address = PublicAddress.make(&world)
        world.instances[instance.id]?.publicIpAddresses = [address]
        return ["IpAddress": .string(address)]
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var instance = try instance(world, context)
        if let bandwidth = context.parameters.integer("InternetMaxBandwidthOut") {
            guard bandwidths.contains(bandwidth) else {
                throw CloudError("InvalidInternetMaxBandwidthOut.ValueNotSupported")
            }
            instance.internetMaxBandwidthOut = bandwidth
        }
        if let bandwidth = context.parameters.integer("InternetMaxBandwidthIn") {
            guard bandwidths.contains(bandwidth), bandwidth > 0 else {
                throw CloudError("InvalidInternetMaxBandwidthIn.ValueNotSupported")
            }
            instance.internetMaxBandwidthIn = bandwidth
        }
        world.instances[instance.id] = instance
        return .empty
    }

    /// The instance of the call, in a state in which its network can change.
    private static func instance(_ world: World, _ context: ActionContext) throws(CloudError) -> Instance {
        let instance = try world.instance(try context.required("InstanceId"))
        guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
            throw CloudError("IncorrectInstanceStatus")
        }
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        return instance
    }
}
