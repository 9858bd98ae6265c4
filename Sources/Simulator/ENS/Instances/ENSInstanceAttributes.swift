import Bytes

/// Changing what an instance is: its name, its password, a card for IPv6.
enum ENSInstanceAttributes {
    static let handlers: [String: ActionHandler] = [
        "ModifyInstanceAttribute": modify,
        "AddNetworkInterfaceToInstance": addInterface,
    ]

    /// The password only changes while the instance is stopped.
    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var instance = try world.edgeInstance(context)
        if let name = context.parameters.text("InstanceName") {
            guard Naming.isResourceName(name), !name.contains(".") else { throw CloudError("InvalidInstanceName") }
            instance.name = name
        }
        if let password = context.parameters.text("Password") {
            guard instance.state(at: context.now) == .stopped else { throw CloudError("IncorrectInstanceStatus") }
            guard Naming.isPassword(password) else { throw CloudError("InvalidPassword") }
            instance.hasPassword = true
        }
        world.ens.instances[instance.id] = instance
        return ENS.done
    }

    /// An instance has one such card at most.
    @Sendable
    private static func addInterface(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.edgeInstance(context)
        guard let node = ENSNode.named(instance.nodeId), node.supportsIPv6,
            !instance.publicAddresses.contains(where: { $0.ip.contains(":") })
        else { throw CloudError("UnsupportedOperation") }
        guard instance.state(at: context.now) != .expired else { throw CloudError("IncorrectInstanceStatus") }
        let address = ENSInstance.Address.makeIPv6(on: node, &world)
        world.ens.instances[instance.id]?.publicAddresses.append(address)
        return .empty
    }
}
