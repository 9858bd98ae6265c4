/// A private address of a vSwitch that moves between instances.
struct HaVip: Sendable {
    /// HaVips of a VPC.
    static let limit = 50
    /// Instances of a HaVip.
    static let instanceLimit = 2

    enum State: String, Hashable, Sendable {
        case creating = "Creating"
        case available = "Available"
        case associating = "Associating"
        case inUse = "InUse"
        case unassociating = "Unassociating"
    }

    let id: String
    let regionId: String
    let vpcId: String
    let vSwitchId: String
    let address: String
    var description = ""
    let creationTime: SimulatedTime
    /// The instances that may have the address; the first one has it.
    var instanceIds: [String] = []
    /// An instance on its way off.
    var leavingInstanceId = ""
    var state: Timeline<State>

    /// Whether it can be bound, unbound, and named by routes.
    func isUsable(at now: SimulatedTime) -> Bool {
        [.available, .inUse].contains(state.state(at: now))
    }
}

extension World {
    /// The HaVip that the call names as `HaVipId`.
    func haVip(_ context: ActionContext) throws(CloudError) -> HaVip {
        let region = try context.knownRegion()
        guard let haVip = vpc.haVips[try context.required("HaVipId")], haVip.regionId == region else {
            throw CloudError("InvalidHaVipId.NotFound")
        }
        return haVip
    }

    /// Forgets the instances that are off.
    mutating func settleHaVips(at now: SimulatedTime) {
        vpc.haVips.update(where: { !$0.leavingInstanceId.isEmpty && $0.state.isSettled(at: now) }) { haVip in
            haVip.instanceIds.removeAll { $0 == haVip.leavingInstanceId }
            haVip.leavingInstanceId = ""
        }
    }

    /// Takes an instance that goes off all its HaVips.
    mutating func freeHaVips(ofInstance id: String) {
        vpc.haVips.update(where: { $0.instanceIds.contains(id) }) { haVip in
            haVip.instanceIds.removeAll { $0 == id }
            haVip.leavingInstanceId = ""
            haVip.state = Timeline(haVip.instanceIds.isEmpty ? .available : .inUse, since: haVip.creationTime)
        }
    }
}
