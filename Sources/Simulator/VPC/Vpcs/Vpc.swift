/// A virtual private cloud with its router.
struct Vpc: Sendable {
    /// VPCs of a region.
    static let limit = 50
    /// The blocks that the blocks of VPCs lie in.
    static let ranges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].compactMap { IPv4Network($0) }
    static let standardBlock = "172.16.0.0/12"
    /// Addresses that the cloud's own services have in every VPC.
    static let serviceRange = IPv4Network("100.64.0.0/10")

    /// The router that every VPC has.
    struct Router: Sendable {
        var id = ""
        var name = ""
        var description = ""
        var routeTableId = ""
    }

    let id: String
    let regionId: String
    var name: String
    var description: String
    var cidrBlock: IPv4Network
    let creationTime: SimulatedTime
    var state: Timeline<ProvisioningState>
    /// Networks on the user's side that instances may talk to.
    var userCidrs: [IPv4Network] = []
    var isDefault = false
    var router = Router()

    /// A VPC without a router, available at once when no state is given.
    init(
        id: String, regionId: String, name: String = "", description: String = "", cidrBlock: IPv4Network,
        creationTime: SimulatedTime, state: Timeline<ProvisioningState>? = nil
    ) {
        self.id = id
        self.regionId = regionId
        self.name = name
        self.description = description
        self.cidrBlock = cidrBlock
        self.creationTime = creationTime
        self.state = state ?? Timeline(.available, since: creationTime)
    }

    /// Whether a VPC may have this block: one of ``ranges`` or a part of it, with a mask of 8 to 24 bits.
    static func allows(_ block: IPv4Network) -> Bool {
        (8...24).contains(block.prefixLength) && ranges.contains { $0.contains(block) }
    }
}

extension World {
    /// The VPC with this id in a region; nil takes every region.
    func existingVpc(_ id: String, in region: String? = nil) throws(CloudError) -> Vpc {
        guard let vpc = vpcs[id], region == nil || vpc.regionId == region else {
            throw CloudError("InvalidVpcId.NotFound")
        }
        return vpc
    }

    /// Gives a VPC its router and its route table.
    mutating func addRouter(toVpc id: String) {
        guard let vpc = vpcs[id], vpc.router.id.isEmpty else { return }
        let router = Vpc.Router(
            id: identifiers.resource("vrt"), routeTableId: identifiers.resource("vtb"))
        vpcs[id]?.router = router
        self.vpc.routeTables[router.routeTableId] = RouteTable(
            id: router.routeTableId, owner: .vpc(id), creationTime: vpc.creationTime)
    }

    /// The VPC whose router has this id.
    func vpc(ofRouter id: String) -> Vpc? { vpcs.all.first { $0.router.id == id } }

    /// Whether a vSwitch of a VPC is on its way.
    func hasUnsettledVSwitch(inVpc id: String, at now: SimulatedTime) -> Bool {
        vSwitches.all.contains { $0.vpcId == id && !$0.state.isSettled(at: now) }
    }

    /// Whether a route of a VPC is on its way.
    func hasUnsettledRoute(inVpc id: String, at now: SimulatedTime) -> Bool {
        guard let vpc = vpcs[id] else { return false }
        return self.vpc.routeTables[vpc.router.routeTableId]?.isUnsettled(at: now) ?? false
    }
}
