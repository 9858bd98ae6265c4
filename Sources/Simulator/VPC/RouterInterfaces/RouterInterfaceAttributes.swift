import Bytes

/// Changing router interfaces.
enum RouterInterfaceAttributes {
    static let handlers: [String: ActionHandler] = [
        "ModifyRouterInterfaceAttribute": modify,
        "ModifyRouterInterfaceSpec": modifySpec,
    ]

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var interface = try world.routerInterface(context)
        let shown = interface.state.state(at: context.now)
        guard [.active, .idle, .inactive].contains(shown) else { throw CloudError("IncorrectStatus") }
        guard !interface.isLocked else { throw CloudError("Forbidden.FinancileLocked") }
        interface.name = try context.name("Name", .dotted, orElse: CloudError("InvalidName.Malformed")) ?? interface.name
        interface.description =
            try context.description(orElse: CloudError("InvalidDescription.Malformed")) ?? interface.description
        let peerNames = ["OppositeInterfaceId", "OppositeRouterId", "OppositeInterfaceOwnerId"]
        if peerNames.contains(where: { parameters.text($0) != nil }) {
            guard shown == .idle else { throw CloudError("IncorrectStatus") }
            try setPeer(&interface, parameters)
        }
        try interface.setHealthCheck(context, orElse: CloudError("InvalidParam.ModifyRouterInterface"))
        world.vpc.routerInterfaces[interface.id] = interface
        return .empty
    }

    /// A border router as the other end, once told, stays.
    private static func setPeer(_ interface: inout RouterInterface, _ parameters: CallParameters) throws(CloudError) {
        let told = interface.opposite
        interface.opposite.routerId = parameters.text("OppositeRouterId") ?? told.routerId
        interface.opposite.interfaceId = parameters.text("OppositeInterfaceId") ?? told.interfaceId
        interface.opposite.ownerId = parameters.text("OppositeInterfaceOwnerId") ?? told.ownerId
        let changesRouter = !told.routerId.isEmpty && told.routerId != interface.opposite.routerId
        guard told.routerType == .vRouter || !changesRouter else { throw CloudError("Forbbiden.ModifyIdAndType") }
    }

    @Sendable
    private static func modifySpec(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let interface = try world.routerInterface(context)
        guard !interface.isLocked else { throw CloudError("Forbidden.FinancialLocked") }
        guard let spec = context.parameters.text("Spec") else { return .empty }
        guard RouterInterface.isSpec(spec) else { throw CloudError("InvalidSpec.ValueNotSupported") }
        world.vpc.routerInterfaces[interface.id]?.spec = spec
        return .empty
    }
}
