import Bytes

/// Making, changing and deleting VPN gateways.
enum VpnGatewayActions {
    static let handlers: [String: ActionHandler] = [
        "CreateVpnGateway": create,
        "ModifyVpnGatewayAttribute": modify,
        "DeleteVpnGateway": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.knownRegion()
        let vpc = try world.existingVpc(try context.required("VpcId"), in: region)
        let vSwitch = try vSwitch(world, vpc, context)
        guard let bandwidth = parameters.integer("Bandwidth") else { throw .missing("Bandwidth") }
        let isSubscription = parameters.text("InstanceChargeType") != "POSTPAY"
        if isSubscription, parameters.integer("Period") == nil { throw .missing("Period") }
        guard !world.vpc.vpnGateways.all.contains(where: { $0.vpcId == vpc.id }) else {
            throw CloudError("QuotaExceeded.VpnGateway")
        }
        guard let address = world.freeAddress(in: vSwitch) else { throw .invalid("VSwitchId") }
        let id = world.identifiers.resource("vpn")
        let name = try context.name("Name", .short, orElse: CloudError("InvalidName")) ?? id
        let order = world.identifiers.orderNumber()
        let answer: JSONValue = ["VpnGatewayId": .string(id), "Name": .string(name), "OrderId": .integer(order)]
        // The gateway of an order that is still to be paid does not exist yet.
        if isSubscription, parameters.flag("AutoPay") != true { return answer }
        let months = Int64(parameters.integer("Period") ?? 1)
        world.vpc.vpnGateways[id] = VpnGateway(
            id: id, regionId: region, vpcId: vpc.id, vSwitchId: vSwitch.id, name: name,
            internetAddress: PublicAddress.make(&world), intranetAddress: address, bandwidth: bandwidth,
            creationTime: context.now,
            expiredTime: isSubscription ? context.now.adding(seconds: months * 30 * 86_400) : nil,
            state: Timeline(
                from: context.now,
                [
                    (state: .initial, lasting: context.lasting(.vpnInit)),
                    (state: .provisioning, lasting: context.lasting(.vpnProvisioning)),
                ], target: .active))
        return answer
    }

    private static func vSwitch(_ world: World, _ vpc: Vpc, _ context: ActionContext) throws(CloudError) -> VSwitch {
        guard let id = context.parameters.text("VSwitchId") else {
            guard let first = world.vSwitches.all.first(where: { $0.vpcId == vpc.id }) else { throw .missing("VSwitchId") }
            return first
        }
        let vSwitch = try world.existingVSwitch(id)
        guard vSwitch.vpcId == vpc.id else { throw CloudError("InvalidVSwitchId.NotFound") }
        return vSwitch
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var gateway = try named(world, context)
        try gateway.requireRest(at: context.now)
        gateway.name = try context.name("Name", .short, orElse: CloudError("InvalidName")) ?? gateway.name
        gateway.description =
            try VpnTexts.description(context, orElse: CloudError("InvalidDescription")) ?? gateway.description
        world.vpc.vpnGateways[gateway.id] = gateway
        return gateway.rendered(context).with("IntranetIp", .string(gateway.intranetAddress))
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try named(world, context)
        try gateway.requireRest(at: context.now)
        guard gateway.expiredTime.map({ $0 <= context.now }) ?? true else { throw CloudError("ForbiddenRelease") }
        guard !world.vpc.vpnConnections.all.contains(where: { $0.vpnGatewayId == gateway.id }) else {
            throw CloudError("DependencyViolation.VpnConnection")
        }
        world.removeRoutes(to: gateway.id)
        world.vpc.vpnGateways[gateway.id]?.state = Timeline(
            from: context.now, [(state: .deleting, lasting: context.lasting(.vpnDeleting))], target: .deleted)
        return .empty
    }

    private static func named(_ world: World, _ context: ActionContext) throws(CloudError) -> VpnGateway {
        try world.vpnGateway(
            try context.required("VpnGatewayId"), in: try context.knownRegion(),
            orElse: "InvalidVpnGatewayInstanceId.NotFound")
    }
}

/// The rules for texts of VPN and customer gateways.
enum VpnTexts {
    /// A description of at most 100 characters that the call gives, if it does.
    static func description(_ context: ActionContext, orElse error: CloudError) throws(CloudError) -> String? {
        guard let text = context.parameters.text("Description") else { return nil }
        guard text.unicodeScalars.count <= 100, !text.hasPrefix("http://"), !text.hasPrefix("https://") else { throw error }
        return text
    }
}
