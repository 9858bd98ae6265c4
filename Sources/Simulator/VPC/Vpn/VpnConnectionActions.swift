import Bytes

/// Making, changing and cutting VPN connections.
enum VpnConnectionActions {
    static let handlers: [String: ActionHandler] = [
        "CreateVpnConnection": create,
        "ModifyVpnConnectionAttribute": modify,
        "DeleteVpnConnection": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion(orElse: "Forbidden.RegionNotFound")
        let customer = try world.customerGateway(try context.required("CustomerGatewayId"), in: region)
        let gateway = try world.vpnGateway(
            try context.required("VpnGatewayId"), in: region, orElse: "InvalidVpnGatewayId.NotFound")
        try gateway.requireRest(at: context.now)
        let id = world.identifiers.resource("vco")
        var connection = VpnConnection(
            id: id, regionId: region, vpnGatewayId: gateway.id, customerGatewayId: customer.id,
            name: try context.name("Name", .short, orElse: .invalid("Name")) ?? id, localSubnet: "", remoteSubnet: "",
            ike: IkeConfiguration(
                key: String(world.identifiers.resource("key").suffix(16)), localId: gateway.internetAddress,
                remoteId: customer.address),
            creationTime: context.now, state: VpnConnection.negotiation(context))
        try set(&connection, context)
        world.vpc.vpnConnections[id] = connection
        return [
            "VpnConnectionId": .string(id), "CreateTime": .number("\(context.now.milliseconds)"),
            "Name": .string(connection.name),
        ]
    }

    private static func set(_ connection: inout VpnConnection, _ context: ActionContext) throws(CloudError) {
        connection.localSubnet =
            try VpnConfigurationReader.subnets("LocalSubnet", fault: "LeftSubnet", context) ?? connection.localSubnet
        connection.remoteSubnet =
            try VpnConfigurationReader.subnets("RemoteSubnet", fault: "RightSubnet", context) ?? connection.remoteSubnet
        try VpnConfigurationReader.read(context.parameters.text("IkeConfig"), into: &connection.ike)
        try VpnConfigurationReader.read(context.parameters.text("IpsecConfig"), into: &connection.ipsec)
        connection.takesEffectAtOnce = context.parameters.flag("EffectImmediately") ?? false
    }

    /// What changes the configuration makes the two ends agree anew, if it is to take effect at once.
    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var connection = try world.vpnConnection(context)
        try world.vpc.vpnGateways[connection.vpnGatewayId]?.requireRest(at: context.now)
        connection.name = try context.name("Name", .dotted, orElse: .invalid("Name")) ?? connection.name
        try set(&connection, context)
        if connection.takesEffectAtOnce { connection.state = VpnConnection.negotiation(context) }
        world.vpc.vpnConnections[connection.id] = connection
        return connection.rendered
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let connection = try world.vpnConnection(context)
        try world.vpc.vpnGateways[connection.vpnGatewayId]?.requireRest(at: context.now)
        world.vpc.vpnConnections[connection.id] = nil
        return .empty
    }
}
