import Bytes

/// Making, changing, starting, stopping and deleting EPN instances.
enum ENSEpnActions {
    static let handlers: [String: ActionHandler] = [
        "CreateEpnInstance": create,
        "ModifyEpnInstance": modify,
        "StartEpnInstance": { world, context throws(CloudError) in try turn(from: .stopped, to: .running, &world, context) },
        "StopEpnInstance": { world, context throws(CloudError) in try turn(from: .running, to: .stopped, &world, context) },
        "DeleteEpnInstance": delete,
    ]

    /// The account pays for all its EPN instances in the way of the first one.
    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        guard let model = ENSEpnInstance.Model(rawValue: try context.required("NetworkingModel")) else {
            throw CloudError("InvalidNetworkingModel")
        }
        let chargeType = try context.required("InternetChargeType")
        world.ens.epnChargeType = world.ens.epnChargeType ?? chargeType
        let id = world.identifiers.edgeResource("epn")
        var epn = ENSEpnInstance(
            id: id, name: context.parameters.text("EPNInstanceName") ?? "", type: try context.required("EPNInstanceType"),
            model: model, bandwidth: context.parameters.integer("InternetMaxBandwidthOut") ?? 1, creationTime: context.now,
            modificationTime: context.now, state: Timeline(.running, since: context.now))
        epn.change(to: .running, context)
        world.ens.epnInstances[id] = epn
        return ["EPNInstanceId": .string(id)]
    }

    /// Between the public and the intranet mode there is no way.
    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var epn = try world.restingEpnInstance(context)
        let parameters = context.parameters
        epn.name = parameters.text("EPNInstanceName") ?? epn.name
        let resting = epn.state.target
        if let text = parameters.text("NetworkingModel"), text != epn.model.rawValue {
            guard let model = ENSEpnInstance.Model(rawValue: text), model.isIntranet, epn.model.isIntranet else {
                throw CloudError("InvalidNetworkingModel")
            }
            epn.model = model
            epn.change(to: resting, context)
        }
        if let bandwidth = parameters.integer("InternetMaxBandwidthOut") {
            epn.bandwidth = bandwidth
            epn.change(to: resting, context)
        }
        epn.modificationTime = context.now
        world.ens.epnInstances[epn.id] = epn
        return .empty
    }

    private static func turn(
        from state: ENSEpnInstance.State, to target: ENSEpnInstance.State, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> JSONValue {
        var epn = try world.restingEpnInstance(context)
        guard epn.state.target == state else { throw CloudError("IncorrectInstanceStatus") }
        epn.change(to: target, context)
        world.ens.epnInstances[epn.id] = epn
        return .empty
    }

    /// The members must have been removed.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let epn = try world.restingEpnInstance(context)
        guard epn.vSwitchIds.isEmpty, epn.publicAddresses.isEmpty else { throw CloudError("IncorrectInstanceStatus") }
        world.ens.epnInstances[epn.id] = nil
        return .empty
    }
}
