import Bytes

/// Making, changing and deleting VPCs.
enum VpcActions {
    static let handlers: [String: ActionHandler] = [
        "CreateVpc": create,
        "ModifyVpcAttribute": modify,
        "DeleteVpc": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        guard let block = IPv4Network(context.parameters.text("CidrBlock") ?? Vpc.standardBlock), Vpc.allows(block) else {
            throw CloudError("InvalidParameter", about: "Specified CIDR block")
        }
        guard world.vpcs.all.count(where: { $0.regionId == region }) < Vpc.limit else {
            throw CloudError("QuotaExceeded.Vpc")
        }
        let id = world.identifiers.resource("vpc")
        var vpc = Vpc(
            id: id, regionId: region, cidrBlock: block, creationTime: context.now,
            state: .becoming(lasting: context.lasting(.vpcPending), from: context.now))
        try set(&vpc, context)
        world.vpcs[id] = vpc
        world.addRouter(toVpc: id)
        let router = world.vpcs[id]?.router ?? vpc.router
        return [
            "VpcId": .string(id), "VRouterId": .string(router.id), "RouteTableId": .string(router.routeTableId),
        ]
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var vpc = try world.existingVpc(try context.required("VpcId"), in: try context.region())
        try set(&vpc, context)
        world.vpcs[vpc.id] = vpc
        return .empty
    }

    private static func set(_ vpc: inout Vpc, _ context: ActionContext) throws(CloudError) {
        vpc.name = try context.name("VpcName", orElse: CloudError("InvalidVpcName.Malformed")) ?? vpc.name
        vpc.description =
            try context.description(orElse: CloudError("InvalidVpcDescription.Malformed")) ?? vpc.description
        guard let text = context.parameters.text("UserCidr") else { return }
        let clears = text == "-1" && context.action == "ModifyVpcAttribute"
        vpc.userCidrs = clears ? [] : try UserCidrs.parse(text)
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let vpc = try world.existingVpc(try context.required("VpcId"), in: try context.region())
        guard vpc.state.isSettled(at: context.now) else { throw CloudError("IncorrectVpcStatus") }
        guard !world.vSwitches.all.contains(where: { $0.vpcId == vpc.id }) else {
            throw CloudError("DependencyViolation.VSwitch")
        }
        guard world.vpc.routeTables[vpc.router.routeTableId]?.entries.isEmpty ?? true else {
            throw CloudError("DependencyViolation.RouteEntry")
        }
        guard !world.hasGateways(inVpc: vpc) else { throw CloudError("DependencyViolation.Instance") }
        guard !world.securityGroups.all.contains(where: { $0.vpcId == vpc.id }) else {
            throw CloudError("DependencyViolation.SecurityGroup")
        }
        world.vpc.routeTables[vpc.router.routeTableId] = nil
        world.vpcs[vpc.id] = nil
        return .empty
    }
}

extension World {
    /// Whether something stands in a VPC that is in none of its vSwitches.
    fileprivate func hasGateways(inVpc vpc: Vpc) -> Bool {
        self.vpc.natGateways.all.contains { $0.vpcId == vpc.id } || self.vpc.vpnGateways.all.contains { $0.vpcId == vpc.id }
            || self.vpc.routerInterfaces.all.contains { $0.routerId == vpc.router.id }
    }
}
