/// A public address that can be bound to one thing after another.
struct Eip: Sendable {
    /// Addresses of a region.
    static let limit = 100

    enum State: String, Hashable, Sendable {
        case associating = "Associating"
        case unassociating = "Unassociating"
        case inUse = "InUse"
        case available = "Available"
    }

    /// What an address is bound to.
    struct Target: Hashable, Sendable {
        enum Kind: String, Hashable, Sendable {
            case ecsInstance = "EcsInstance"
            case slbInstance = "SlbInstance"
            case nat = "Nat"
            case haVip = "HaVip"
        }

        var kind: Kind
        var id: String
    }

    let id: String
    let regionId: String
    let address: String
    /// Mbit/s.
    var bandwidth: Int
    let internetChargeType: String
    let chargeType: Instance.ChargeType
    /// End of a subscription.
    let expiredTime: SimulatedTime?
    let creationTime: SimulatedTime
    var name = ""
    var description = ""
    var state: Timeline<State>
    /// Kept while the address is being unbound; read it through ``target(at:)``.
    var boundTarget: Target?
    var locks: [Instance.LockReason] = []
    /// The common bandwidth package that the address is in; empty when it is in none.
    var commonPackageId = ""

    /// What the address is bound to at an instant, on its way there and back included.
    func target(at now: SimulatedTime) -> Target? {
        state.state(at: now) == .available ? nil : boundTarget
    }
}

extension World {
    /// The address with this id in a region; nil takes every region.
    func eip(_ id: String, in region: String?) throws(CloudError) -> Eip {
        guard let eip = vpc.eips[id], region == nil || eip.regionId == region else {
            throw CloudError("InvalidAllocationId.NotFound")
        }
        return eip
    }

    /// The addresses that are bound to something.
    func eips(of target: Eip.Target, at now: SimulatedTime) -> [Eip] {
        vpc.eips.all.filter { $0.target(at: now) == target }
    }

    /// The address that is bound to an instance.
    func eip(ofInstance id: String, at now: SimulatedTime) -> Eip? {
        eips(of: Eip.Target(kind: .ecsInstance, id: id), at: now).first
    }

    /// Forgets what addresses were bound to that are free again.
    mutating func settleEips(at now: SimulatedTime) {
        vpc.eips.update(where: { $0.boundTarget != nil && $0.state.state(at: now) == .available }) { $0.boundTarget = nil }
    }

    /// Frees the addresses of something that goes.
    mutating func freeEips(of target: Eip.Target) {
        vpc.eips.update(where: { $0.boundTarget == target }) { eip in
            eip.boundTarget = nil
            eip.state = Timeline(.available, since: eip.creationTime)
        }
    }
}
