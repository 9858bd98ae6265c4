/// A wish about the hosts that instances are put on.
struct DeploymentSet: Sendable {
    /// What all instances of the set stay within.
    enum Domain: String, Hashable, Sendable {
        case standard = "Default"
        case `switch` = "Switch"
    }

    /// The unit over which instances are spread, or in which they are packed.
    enum Granularity: String, Hashable, Sendable {
        case host = "Host"
        case rack = "Rack"
        case `switch` = "Switch"
    }

    enum Strategy: String, Hashable, Sendable {
        case looseDispersion = "LooseDispersion"
        case strictDispersion = "StrictDispersion"
        case looseAggregation = "LooseAggregation"
        case strictAggregation = "StrictAggregation"

        var isDispersion: Bool { self == .looseDispersion || self == .strictDispersion }
    }

    let id: String
    let regionId: String
    let zoneId: String
    var name = ""
    var description = ""
    let domain: Domain
    let granularity: Granularity
    let strategy: Strategy
    let creationTime: SimulatedTime
}

extension World {
    /// The set with this id in a region.
    func deploymentSet(_ id: String, in region: String) throws(CloudError) -> DeploymentSet {
        guard let set = apsara.deploymentSets[id], set.regionId == region else {
            // Not every action that names a set has a row for it.
            throw CloudError(
                "InvalidDeploymentSetId.NotFound", status: 404,
                message: "The DeploymentSetId provided does not exist in our records.")
        }
        return set
    }

    /// The instances of a set with their hosts, oldest first.
    func members(of set: DeploymentSet) -> [(instanceId: String, host: PhysicalHost)] {
        instances.all.compactMap { instance in
            guard let placement = apsara.placements[instance.id], placement.setId == set.id else { return nil }
            return (instance.id, placement.host)
        }
    }
}
