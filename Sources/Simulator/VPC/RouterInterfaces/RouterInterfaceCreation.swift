import Bytes

/// Making router interfaces and deleting them.
enum RouterInterfaceCreation {
    static let handlers: [String: ActionHandler] = [
        "CreateRouterInterface": create,
        "DeleteRouterInterface": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.knownRegion()
        guard let type = RouterType(rawValue: try context.required("RouterType")) else {
            throw CloudError("InvalidRouterType.ValueNotSupported")
        }
        guard let role = RouterInterface.Role(rawValue: try context.required("Role")) else {
            throw CloudError("InvalidRole.ValueNotSupported")
        }
        let routerId = try context.required("RouterId")
        let point = try accessPoint(of: type, routerId, region, role, world, context)
        let opposite = try opposite(of: type, role, context)
        let spec = try context.required("Spec")
        guard RouterInterface.isSpec(spec) else { throw CloudError("InvalidSpec.ValueNotSupported") }
        guard spec != RouterInterface.passiveSpec || role == .accepting || type == .borderRouter else {
            throw CloudError("ParameterMismatch.Role-Spec")
        }
        let existing = world.vpc.routerInterfaces.all
        guard !existing.contains(where: \.isLocked) else { throw CloudError("Forbidden.BillsOutstanding") }
        guard existing.count(where: { $0.routerId == routerId }) < RouterInterface.limit else {
            throw CloudError("LimitationExceed.InterfaceNumberOnRouter")
        }
        guard existing.count < RouterInterface.limit else { throw CloudError("QuotaExceed.RouterInterface") }
        let id = world.identifiers.resource("ri")
        var interface = RouterInterface(
            id: id, regionId: region, routerType: type, routerId: routerId, accessPointId: point, role: role, spec: spec,
            name: try context.name("Name", .dotted, orElse: CloudError("InvalidName.Malformed")) ?? id,
            description: try context.description(orElse: CloudError("InvalidDescription.Malformed")) ?? "",
            opposite: opposite, creationTime: context.now, state: Timeline(.idle, since: context.now))
        interface.opposite.routerId = parameters.text("OppositeRouterId") ?? ""
        interface.opposite.interfaceId = parameters.text("OppositeInterfaceId") ?? ""
        interface.opposite.ownerId = parameters.text("OppositeInterfaceOwnerId") ?? ""
        try interface.setHealthCheck(context, orElse: .invalid("HealthCheckSourceIp"))
        world.vpc.routerInterfaces[id] = interface
        return ["RouterInterfaceId": .string(id)]
    }

    /// The access point of an interface on the router that the call names: that of a border router, none on a VPC's.
    private static func accessPoint(
        of type: RouterType, _ routerId: String, _ region: String, _ role: RouterInterface.Role, _ world: World,
        _ context: ActionContext
    ) throws(CloudError) -> String {
        let given = context.parameters.text("AccessPointId")
        switch type {
        case .vRouter:
            guard world.vpc(ofRouter: routerId)?.regionId == region else { throw CloudError("InvalidRouterId.NotFound") }
            guard given == nil else {
                throw CloudError("InvalidAccessPoint.ValueNotAllowed", about: "non-vbr router interface")
            }
            return ""
        case .borderRouter:
            guard let router = world.vpc.borderRouters[routerId], router.regionId == region,
                router.state.state(at: context.now) == .enabled
            else { throw CloudError("InvalidRouterId.NotFound") }
            guard let given else { throw .missing("AccessPointId") }
            guard AccessPoint.named(given) != nil else { throw CloudError("InvalidAccessPoint.NotExist") }
            guard given == router.accessPointId else { throw CloudError("InvalidAccessPoint.NotMatch") }
            guard role == .initiating else { throw CloudError("InvalidRole.ValueNotSupported") }
            return given
        }
    }

    /// The other end as far as it is checked now: what it is, not whether it is there.
    private static func opposite(
        of type: RouterType, _ role: RouterInterface.Role, _ context: ActionContext
    ) throws(CloudError) -> RouterInterface.Opposite {
        let region = try context.required("OppositeRegionId")
        guard Geography.region(region) != nil else { throw CloudError("InvalidOppositeRegionId.NotFound") }
        let text = context.parameters.text("OppositeRouterType") ?? RouterType.vRouter.rawValue
        guard let oppositeType = RouterType(rawValue: text), type == .vRouter || oppositeType == .vRouter else {
            throw CloudError("InvalidOppositeRouterType.ValueNotSupported")
        }
        var opposite = RouterInterface.Opposite(regionId: region, routerType: oppositeType)
        let point = context.parameters.text("OppositeAccessPointId")
        guard oppositeType == .borderRouter else {
            guard point == nil else {
                throw CloudError("InvalidAccessPoint.ValueNotAllowed", about: "non-vbr opposite router interface")
            }
            return opposite
        }
        guard role == .accepting else { throw CloudError("InvalidRole.ValueNotSupported") }
        guard let point else { throw .missing("OppositeAccessPointId") }
        opposite.accessPointId = point
        return opposite
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let interface = try world.routerInterface(context, orElse: "InvalidInstanceId.NotFound")
        guard [.idle, .inactive].contains(interface.state.state(at: context.now)) else { throw CloudError("IncorrectStatus") }
        guard !world.hasRoute(to: interface.id) else {
            throw CloudError("DependencyViolation.RouterInterfaceReferedByRouteEntry")
        }
        world.vpc.routerInterfaces[interface.id] = nil
        return .empty
    }
}

extension RouterInterface {
    /// Takes over the two addresses of the health check, which go together and belong to a VPC's end of a leased line.
    mutating func setHealthCheck(_ context: ActionContext, orElse error: CloudError) throws(CloudError) {
        let source = context.parameters.text("HealthCheckSourceIp")
        let target = context.parameters.text("HealthCheckTargetIp")
        guard source != nil || target != nil else { return }
        guard let source, let target, routerType == .vRouter, opposite.routerType == .borderRouter else { throw error }
        healthCheckSourceIp = source
        healthCheckTargetIp = target
    }
}
