import Bytes

/// A protected connection between a VPN gateway and the user's gateway.
struct VpnConnection: Sendable {
    /// How far the two ends have come.
    enum State: String, Hashable, Sendable {
        case noKeys = "ike_sa_not_established"
        case keysExchanged = "ike_sa_established"
        case noProtection = "ipsec_sa_not_established"
        case established = "ipsec_sa_established"
    }

    let id: String
    let regionId: String
    let vpnGatewayId: String
    let customerGatewayId: String
    var name: String
    var localSubnet: String
    var remoteSubnet: String
    var takesEffectAtOnce = false
    var ike: IkeConfiguration
    var ipsec = IpsecConfiguration()
    let creationTime: SimulatedTime
    var state: Timeline<State>

    /// The way from nothing to a connection that stands.
    static func negotiation(_ context: ActionContext) -> Timeline<State> {
        Timeline(
            from: context.now,
            [
                (state: .noKeys, lasting: context.lasting(.vpnNegotiation)),
                (state: .keysExchanged, lasting: context.lasting(.vpnKeyExchange)),
            ], target: .established)
    }

    /// The members that all answers about a connection have.
    var rendered: JSONValue {
        [
            "VpnConnectionId": .string(id), "CustomerGatewayId": .string(customerGatewayId),
            "VpnGatewayId": .string(vpnGatewayId), "Name": .string(name), "LocalSubnet": .string(localSubnet),
            "RemoteSubnet": .string(remoteSubnet), "CreateTime": .number("\(creationTime.milliseconds)"),
            "EffectImmediately": .bool(takesEffectAtOnce), "IkeConfig": ike.rendered, "IpsecConfig": ipsec.rendered,
        ]
    }
}

extension IkeConfiguration {
    /// The configuration as answers show it.
    var rendered: JSONValue {
        [
            "Psk": .string(key), "IkeVersion": .string(version), "IkeMode": .string(mode), "IkeEncAlg": .string(encryption),
            "IkeAuthAlg": .string(authentication), "IkePfs": .string(group), "IkeLifetime": .integer(lifetime),
            "LocalId": .string(localId), "RemoteId": .string(remoteId),
        ]
    }
}

extension IpsecConfiguration {
    /// The configuration as answers show it.
    var rendered: JSONValue {
        [
            "IpsecEncAlg": .string(encryption), "IpsecAuthAlg": .string(authentication), "IpsecPfs": .string(group),
            "IpsecLifetime": .integer(lifetime),
        ]
    }
}

extension World {
    /// The connection that the call names; `code` is what the action documents for one that is not there.
    func vpnConnection(
        _ context: ActionContext, orElse code: String = "InvalidVpnConnectionId.NotFound"
    ) throws(CloudError) -> VpnConnection {
        let region = try context.knownRegion(orElse: "Forbidden.RegionNotFound")
        guard let connection = vpc.vpnConnections[try context.required("VpnConnectionId")], connection.regionId == region
        else { throw CloudError(code) }
        return connection
    }
}
