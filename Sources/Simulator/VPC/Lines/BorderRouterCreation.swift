import Bytes

/// Making virtual border routers and changing them.
enum BorderRouterCreation {
    static let handlers: [String: ActionHandler] = [
        "CreateVirtualBorderRouter": create,
        "ModifyVirtualBorderRouterAttribute": modify,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let line = try world.physicalConnection(context)
        guard line.state.state(at: context.now) == .enabled else {
            throw CloudError("InvalidPhysicalConnectionId.NotEnabled")
        }
        let owner = context.parameters.text("VbrOwnerId") ?? context.accountId
        guard owner.utf8.count >= 10, owner.allSatisfy(\.isNumber) else { throw CloudError("InvalidVbrOwnerId.NotFound") }
        guard let vlan = context.parameters.integer("VlanId") else { throw .missing("'VlanId'") }
        guard world.borderRouters(ofLine: line.id).count < BorderRouter.limitPerLine else {
            throw CloudError("QuotaExceeded.vbrPerConn")
        }
        guard !world.isVlanTaken(vlan, onLine: line.id, besides: "", at: context.now) else {
            throw CloudError("InvalidVlanId.Used")
        }
        let isOwn = owner == context.accountId
        let id = world.identifiers.resource("vbr")
        var router = BorderRouter(
            id: id, regionId: line.regionId, physicalConnectionId: line.id, accessPointId: line.accessPointId,
            ownerId: owner, vlanId: vlan, circuitCode: context.parameters.text("CircuitCode") ?? "",
            routeTableId: world.identifiers.resource("vtb"), lineInterfaceId: world.identifiers.resource("ri"),
            creationTime: context.now, activationTime: isOwn ? context.now : nil,
            state: Timeline(isOwn ? .enabled : .unconfirmed, since: context.now))
        if isOwn { try setOwn(&router, context) } else { try refuseOwners(context) }
        world.vpc.borderRouters[id] = router
        world.vpc.routeTables[router.routeTableId] = RouteTable(
            id: router.routeTableId, owner: .borderRouter(id), creationTime: context.now)
        return ["VbrId": .string(id)]
    }

    /// What only the owner of the router may set.
    private static let owners = ["LocalGatewayIp", "PeerGatewayIp", "PeeringSubnetMask", "Name", "Description"]

    private static func refuseOwners(_ context: ActionContext) throws(CloudError) {
        for name in owners where context.parameters.text(name) != nil {
            throw CloudError("Forbidden.\(name)NotAllowedByCaller")
        }
    }

    private static func setOwn(_ router: inout BorderRouter, _ context: ActionContext) throws(CloudError) {
        let parameters = context.parameters
        var values: [String] = []
        for name in owners.prefix(3) {
            guard let value = parameters.text(name) else { throw .missing("'\(name)'") }
            values.append(value)
        }
        let peering = try PeeringNetwork(local: values[0], peer: values[1], mask: values[2]) { "Invalid\($0).Malformed" }
        set(peering, on: &router)
        try setTexts(&router, context)
    }

    private static func set(_ peering: PeeringNetwork, on router: inout BorderRouter) {
        router.localGatewayIp = peering.localGatewayIp
        router.peerGatewayIp = peering.peerGatewayIp
        router.peeringSubnetMask = peering.subnetMask
    }

    private static func setTexts(_ router: inout BorderRouter, _ context: ActionContext) throws(CloudError) {
        router.name = try context.name("Name", .free, orElse: CloudError("InvalidName.Malformed")) ?? router.name
        router.description =
            try context.description(orElse: CloudError("InvalidDescription.Malformed")) ?? router.description
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var router = try world.borderRouter(context)
        let parameters = context.parameters
        if router.ownerId != context.accountId { try refuseOwners(context) }
        if let text = parameters.text("VlanId") {
            guard let vlan = Int(text) else { throw CloudError("InvalidVlanId.Malformed") }
            guard !world.isVlanTaken(vlan, onLine: router.physicalConnectionId, besides: router.id, at: context.now) else {
                throw CloudError("InvalidVlanId.Used")
            }
            router.vlanId = vlan
        }
        router.circuitCode = parameters.text("CircuitCode") ?? router.circuitCode
        // Names that are given empty ask to empty what an enabled router needs.
        guard !owners.prefix(3).contains(where: { parameters[$0] == "" }) || router.ownerId != context.accountId else {
            throw CloudError("MissingParameter", about: "must not be null")
        }
        if owners.prefix(3).contains(where: { parameters.text($0) != nil }) {
            let peering = try PeeringNetwork(
                local: parameters.text("LocalGatewayIp") ?? router.localGatewayIp,
                peer: parameters.text("PeerGatewayIp") ?? router.peerGatewayIp,
                mask: parameters.text("PeeringSubnetMask") ?? router.peeringSubnetMask
            ) { _ in "InvalidIp.Malformed" }
            set(peering, on: &router)
        }
        try setTexts(&router, context)
        world.vpc.borderRouters[router.id] = router
        return .empty
    }
}
