/// The virtual border router at the cloud's end of a leased line.
struct BorderRouter: Sendable {
    /// Routers of one line.
    static let limitPerLine = 2
    /// Seconds that the VLAN of a terminated router stays its own: 7 days.
    static let reservation: Int64 = 7 * 86_400

    enum State: String, Hashable, Sendable {
        case unconfirmed = "Unconfirmed"
        case enabled = "Enabled"
        case terminating = "Terminating"
        case terminated = "Terminated"
        case recovering = "Recovering"
    }

    let id: String
    let regionId: String
    let physicalConnectionId: String
    let accessPointId: String
    let ownerId: String
    var vlanId: Int
    var circuitCode = ""
    var localGatewayIp = ""
    var peerGatewayIp = ""
    var peeringSubnetMask = ""
    var name = ""
    var description = ""
    let routeTableId: String
    /// The interface on the side of the line.
    let lineInterfaceId: String
    let creationTime: SimulatedTime
    var activationTime: SimulatedTime?
    var terminationTime: SimulatedTime?
    var recoveryTime: SimulatedTime?
    var state: Timeline<State>

    /// Whether nobody else on the line may use the router's VLAN.
    func holdsVlan(at now: SimulatedTime) -> Bool {
        guard state.state(at: now) == .terminated, let end = terminationTime else { return true }
        return end.adding(seconds: Self.reservation) > now
    }
}

extension World {
    /// The router that the call names as `VbrId`.
    func borderRouter(_ context: ActionContext) throws(CloudError) -> BorderRouter {
        let region = try context.knownRegion()
        guard let router = vpc.borderRouters[try context.required("VbrId")], router.regionId == region else {
            throw CloudError("InvalidVbrId.NotFound")
        }
        return router
    }

    /// Whether another router of a line has a VLAN.
    func isVlanTaken(_ vlan: Int, onLine lineId: String, besides routerId: String, at now: SimulatedTime) -> Bool {
        borderRouters(ofLine: lineId).contains { $0.id != routerId && $0.vlanId == vlan && $0.holdsVlan(at: now) }
    }
}
