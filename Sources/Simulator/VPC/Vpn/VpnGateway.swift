/// The cloud's end of VPN connections.
struct VpnGateway: Sendable {
    enum State: String, Hashable, Sendable {
        case initial = "init"
        case provisioning, active, updating, upgrading, deleting
        /// Gone; the record is dropped the next time the world is settled.
        case deleted
    }

    let id: String
    let regionId: String
    let vpcId: String
    let vSwitchId: String
    var name: String
    var description = ""
    let internetAddress: String
    let intranetAddress: String
    /// Mbit/s.
    let bandwidth: Int
    let creationTime: SimulatedTime
    /// End of a subscription; nil when the gateway is paid by use.
    let expiredTime: SimulatedTime?
    var state: Timeline<State>

    /// Refuses what changes the configuration while another change is on its way.
    func requireRest(at now: SimulatedTime) throws(CloudError) {
        guard state.state(at: now) == .active else { throw CloudError("VpnGateway.Configuring") }
    }
}

/// The user's end of VPN connections.
struct CustomerGateway: Sendable {
    let id: String
    let regionId: String
    var name: String
    var description = ""
    let address: String
    let creationTime: SimulatedTime
}

extension World {
    /// The gateway with this id in a region; `code` is what the action documents for one that is not there.
    func vpnGateway(_ id: String, in region: String, orElse code: String) throws(CloudError) -> VpnGateway {
        guard let gateway = vpc.vpnGateways[id], gateway.regionId == region else { throw CloudError(code) }
        return gateway
    }

    /// The user's gateway with this id in a region.
    func customerGateway(_ id: String, in region: String) throws(CloudError) -> CustomerGateway {
        guard let gateway = vpc.customerGateways[id], gateway.regionId == region else {
            throw CloudError("InvalidCustomerGatewayId.NotFound")
        }
        return gateway
    }

    /// Drops the gateways whose deletion is complete.
    mutating func settleVpnGateways(at now: SimulatedTime) {
        for gateway in vpc.vpnGateways.all where gateway.state.state(at: now) == .deleted {
            vpc.vpnGateways[gateway.id] = nil
        }
    }
}
