/// A public address in one region that leads to a server in another, over the cloud's own network.
struct GlobalAcceleration: Sendable {
    /// Accelerations of one server.
    static let limitPerServer = 10

    enum State: String, Hashable, Sendable {
        case available = "Available"
        case inUse = "InUse"
        case associating = "Associating"
        case unassociating = "Unassociating"
    }

    /// The server that an acceleration leads to.
    struct Server: Hashable, Sendable {
        let regionId: String
        /// `EcsInstance` or `SlbInstance`.
        let type: String
        let id: String
        let address: String
    }

    let id: String
    let regionId: String
    let address: String
    /// Mbit/s.
    var bandwidth: Int
    let serviceLocation: String
    var name = ""
    var description = ""
    let creationTime: SimulatedTime
    var state: Timeline<State>
    /// Kept while the server is being unbound; read it through ``server(at:)``.
    var boundServer: Server?

    /// The server at an instant, on its way there and back included.
    func server(at now: SimulatedTime) -> Server? {
        state.state(at: now) == .available ? nil : boundServer
    }

    /// The area of the world that a region lies in.
    static func area(of region: String) -> String {
        if region == "cn-hongkong" { return "asia-pacific" }
        switch region.prefix(3) {
        case "cn-": return "china-mainland"
        case "eu-": return "europe"
        case "us-": return "north-america"
        default: return "asia-pacific"
        }
    }

    /// Whether an instance in a region can serve an area: its own, or either side being mainland China.
    static func serves(_ location: String, from region: String) -> Bool {
        let own = area(of: region)
        return own == location || own == "china-mainland" || location == "china-mainland"
    }
}

extension World {
    /// The instance that the call names.
    func acceleration(_ context: ActionContext) throws(CloudError) -> GlobalAcceleration {
        let region = try context.knownRegion()
        guard let instance = vpc.accelerations[try context.required("GlobalAccelerationInstanceId")],
            instance.regionId == region
        else { throw CloudError("InvalidGlobalAccelerationInstanceId.NotFound") }
        return instance
    }

    /// Forgets the servers of instances that are free again.
    mutating func settleAccelerations(at now: SimulatedTime) {
        vpc.accelerations.update(where: { $0.boundServer != nil && $0.state.state(at: now) == .available }) {
            $0.boundServer = nil
        }
    }

    /// Frees the instances of a server that goes.
    mutating func freeAccelerations(ofServer id: String) {
        vpc.accelerations.update(where: { $0.boundServer?.id == id }) { instance in
            instance.boundServer = nil
            instance.state = Timeline(.available, since: instance.creationTime)
        }
    }
}
