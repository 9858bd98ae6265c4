import Bytes

/// Putting interfaces on instances and taking them off: AttachNetworkInterface and DetachNetworkInterface.
enum NetworkInterfaceAttachment {
    static let handlers: [String: ActionHandler] = [
        "AttachNetworkInterface": attach,
        "DetachNetworkInterface": detach,
    ]

    @Sendable
    private static func attach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var (interface, instance) = try pair(world, context)
        guard interface.kind == .secondary else { throw CloudError("InvalidOperation.InvalidEniType") }
        guard interface.state.state(at: context.now) == .available else {
            throw CloudError("InvalidOperation.InvalidEniState")
        }
        try checkState(of: instance, context)
        guard interface.vpcId == instance.vpcId else { throw CloudError("InvalidOperation.VpcMismatch") }
        guard interface.zoneId == instance.zoneId else { throw CloudError("InvalidOperation.AvailabilityZoneMismatch") }
        guard world.interfaces(of: instance.id, at: context.now).count < instance.type.interfaceQuantity else {
            throw CloudError("EniPerInstanceLimitExceeded")
        }
        guard interface.allAddresses.count <= instance.type.addressesPerInterface else {
            throw CloudError("InvalidOperation.Ipv4CountExceeded")
        }
        interface.state = Timeline(
            from: context.now, [(state: .attaching, lasting: context.durations[.interfaceAttaching])], target: .inUse)
        interface.attachedInstanceId = instance.id
        world.networkInterfaces[interface.id] = interface
        return .empty
    }

    /// An interface that is on its way off stays on it.
    @Sendable
    private static func detach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let (interface, instance) = try pair(world, context)
        guard interface.kind == .secondary else { throw CloudError("InvalidOperation.DetachPrimaryEniNotAllowed") }
        let shown = interface.state.state(at: context.now)
        guard shown == .inUse || shown == .detaching else { throw CloudError("InvalidOperation.InvalidEniState") }
        guard interface.attachedInstanceId == instance.id else { throw .invalid("InstanceId") }
        try checkState(of: instance, context)
        if shown == .inUse {
            world.networkInterfaces[interface.id]?.state = Timeline(
                from: context.now, [(state: .detaching, lasting: context.durations[.interfaceDetaching])],
                target: .available)
        }
        return .empty
    }

    private static func pair(
        _ world: World, _ context: ActionContext
    ) throws(CloudError) -> (NetworkInterface, Instance) {
        let region = try context.requiredRegion()
        let interface = try world.networkInterface(try context.required("NetworkInterfaceId"), in: region)
        guard let instance = world.instances[try context.required("InstanceId")], instance.regionId == region else {
            throw CloudError("InvalidEcsId.NotFound")
        }
        return (interface, instance)
    }

    private static func checkState(of instance: Instance, _ context: ActionContext) throws(CloudError) {
        let allowed: [Instance.State] = context.isPrivateCloud ? [.stopped] : [.running, .stopped]
        guard allowed.contains(instance.state.state(at: context.now)) else {
            throw CloudError("InvalidOperation.InvalidEcsState")
        }
    }
}
