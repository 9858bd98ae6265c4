import Bytes

/// The user's ends of VPN connections.
enum CustomerGatewayActions {
    static let handlers: [String: ActionHandler] = [
        "CreateCustomerGateway": create,
        "DescribeCustomerGateways": list,
        "DescribeCustomerGateway": show,
        "ModifyCustomerGatewayAttribute": modify,
        "DeleteCustomerGateway": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try region(context)
        let address = try context.required("IpAddress")
        guard IPv4Address(address) != nil else { throw CloudError("InvalidIpAddress.WrongFormat") }
        guard !world.vpc.customerGateways.all.contains(where: { $0.regionId == region && $0.address == address }) else {
            throw CloudError("InvalidIpAddress.AlreadyExsit")
        }
        let id = world.identifiers.resource("cgw")
        var gateway = CustomerGateway(id: id, regionId: region, name: id, address: address, creationTime: context.now)
        try set(&gateway, context)
        world.vpc.customerGateways[id] = gateway
        return gateway.rendered
    }

    private static func set(_ gateway: inout CustomerGateway, _ context: ActionContext) throws(CloudError) {
        // Only the creation documents codes for bad texts.
        let isNew = context.action == "CreateCustomerGateway"
        gateway.name =
            try context.name("Name", .short, orElse: isNew ? CloudError("InvalidName") : .invalid("Name")) ?? gateway.name
        gateway.description =
            try VpnTexts.description(context, orElse: isNew ? CloudError("InvalidDescription") : .invalid("Description"))
            ?? gateway.description
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try region(context)
        let found = world.vpc.customerGateways.newestFirst.filter {
            $0.regionId == region && context.matches([("CustomerGatewayId", $0.id)])
        }
        let page = try Page(found, context)
        return .object(page.members("CustomerGateways", "CustomerGateway", \.rendered))
    }

    @Sendable
    private static func show(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        try named(world, context).rendered
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var gateway = try named(world, context)
        try set(&gateway, context)
        world.vpc.customerGateways[gateway.id] = gateway
        return gateway.rendered
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try named(world, context)
        guard !world.vpc.vpnConnections.all.contains(where: { $0.customerGatewayId == gateway.id }) else {
            throw CloudError("DependencyViolation.VpnConnection")
        }
        world.vpc.customerGateways[gateway.id] = nil
        return .empty
    }

    private static func named(_ world: World, _ context: ActionContext) throws(CloudError) -> CustomerGateway {
        try world.customerGateway(try context.required("CustomerGatewayId"), in: try region(context))
    }

    private static func region(_ context: ActionContext) throws(CloudError) -> String {
        try context.knownRegion(orElse: "Forbidden.RegionNotFound")
    }
}

extension CustomerGateway {
    /// A gateway as the answers show it.
    fileprivate var rendered: JSONValue {
        [
            "CustomerGatewayId": .string(id), "Name": .string(name), "Description": .string(description),
            "IpAddress": .string(address), "CreateTime": .number("\(creationTime.milliseconds)"),
        ]
    }
}
