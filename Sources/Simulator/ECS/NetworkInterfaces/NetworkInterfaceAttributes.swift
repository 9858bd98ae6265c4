import Bytes

/// Changing what an interface is: ModifyNetworkInterfaceAttribute.
enum NetworkInterfaceAttributes {
    static let handlers: [String: ActionHandler] = ["ModifyNetworkInterfaceAttribute": modify]

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var interface = try world.networkInterface(
            try context.required("NetworkInterfaceId"), in: try context.requiredRegion())
        guard [.available, .inUse].contains(interface.state.state(at: context.now)) else {
            throw CloudError("InvalidOperation.InvalidEniState")
        }
        let groups = parameters.list("SecurityGroupId")
        // The groups and the end of a primary interface are its instance's.
        guard interface.kind == .secondary || groups.isEmpty && parameters.flag("DeleteOnRelease") != false else {
            throw CloudError("InvalidOperation.InvalidEniType")
        }
        if !groups.isEmpty {
            try world.checkGroups(groups, ofInterfaceIn: interface.vpcId)
            interface.securityGroupIds = groups
        }
        try set(&interface, parameters)
        world.networkInterfaces[interface.id] = interface
        return .empty
    }

    /// Takes over the settings that a call has; making an interface has them too.
    static func set(_ interface: inout NetworkInterface, _ parameters: CallParameters) throws(CloudError) {
        if let name = parameters.text("NetworkInterfaceName") {
            guard Naming.isResourceName(name) else { throw .invalid("NetworkInterfaceName") }
            interface.name = name
        }
        if let text = parameters.text("Description") {
            guard Naming.isDescription(text) else { throw .invalid("Description") }
            interface.description = text
        }
        interface.deletesOnRelease = parameters.flag("DeleteOnRelease") ?? interface.deletesOnRelease
        interface.checksSourceAndDestination =
            parameters.flag("SourceDestCheck") ?? interface.checksSourceAndDestination
        interface.queueNumber =
            parameters.integer("QueueNumber") ?? parameters.integer("NetworkInterfaceTrafficConfig.QueueNumber")
            ?? interface.queueNumber
    }
}
