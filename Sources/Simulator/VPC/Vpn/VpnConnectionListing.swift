import Bytes

/// Finding VPN connections, and what the user's end of one is to be set to.
enum VpnConnectionListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeVpnConnections": list,
        "DescribeVpnConnection": show,
        "DownloadVpnConnectionConfig": download,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion(orElse: "Forbidden.RegionNotFound")
        let found = world.vpc.vpnConnections.newestFirst.filter {
            $0.regionId == region
                && context.matches([("VpnGatewayId", $0.vpnGatewayId), ("CustomerGatewayId", $0.customerGatewayId)])
        }
        let page = try Page(found, context)
        return .object(page.members("VpnConnections", "VpnConnection") { $0.renderedWithState(context) })
    }

    @Sendable
    private static func show(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        try world.vpnConnection(context, orElse: "VpnConnectionId.NotFound").renderedWithState(context)
    }

    /// Seen from the user's side: what is local there is remote here.
    @Sendable
    private static func download(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let connection = try world.vpnConnection(context)
        var ike = connection.ike
        swap(&ike.localId, &ike.remoteId)
        return [
            "VpnConnectionConfig": [
                "Local": .string(world.vpc.customerGateways[connection.customerGatewayId]?.address ?? ""),
                "LocalSubnet": .string(connection.remoteSubnet),
                "Remote": .string(world.vpc.vpnGateways[connection.vpnGatewayId]?.internetAddress ?? ""),
                "RemoteSubnet": .string(connection.localSubnet), "IkeConfig": ike.rendered,
                "IpsecConfig": connection.ipsec.rendered,
            ]
        ]
    }
}

extension VpnConnection {
    fileprivate func renderedWithState(_ context: ActionContext) -> JSONValue {
        rendered.with("Status", .string(state.state(at: context.now).rawValue))
    }
}
