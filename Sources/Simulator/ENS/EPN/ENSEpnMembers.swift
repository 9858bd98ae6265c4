import Bytes

/// Who takes part in an EPN instance: vSwitches in the intranet modes, public addresses in the public one.
enum ENSEpnMembers {
    static let handlers: [String: ActionHandler] = [
        "JoinVSwitchesToEpnInstance": joinVSwitches,
        "RemoveVSwitchesFromEpnInstance": removeVSwitches,
        "JoinPublicIpsToEpnInstance": joinAddresses,
        "RemovePublicIpsFromEpnInstance": removeAddresses,
    ]

    @Sendable
    private static func joinVSwitches(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var epn = try epn(isIntranet: true, world, context)
        for id in try names("VSwitchesInfo", "VSwitchId", context) {
            let isTaken = world.ens.epnInstances.all.contains { $0.vSwitchIds.contains(id) } || epn.vSwitchIds.contains(id)
            guard world.ens.vSwitches[id] != nil, !isTaken else { throw CloudError("InvalidVSwitchesInfo") }
            epn.vSwitchIds.append(id)
        }
        return finish(epn, &world, context)
    }

    @Sendable
    private static func removeVSwitches(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var epn = try epn(isIntranet: true, world, context)
        let ids = try names("VSwitchesInfo", "VSwitchId", context)
        guard ids.allSatisfy(epn.vSwitchIds.contains) else { throw CloudError("InvalidVSwitchesInfo") }
        epn.vSwitchIds.removeAll { ids.contains($0) }
        return finish(epn, &world, context)
    }

    @Sendable
    private static func joinAddresses(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var epn = try epn(isIntranet: false, world, context)
        for address in try names("InstanceInfos", "PublicIpAddress", context) {
            let isTaken =
                world.ens.epnInstances.all.contains { $0.publicAddresses.contains(address) }
                || epn.publicAddresses.contains(address)
            guard world.edgeInstance(withPublicAddress: address) != nil, !isTaken else {
                throw CloudError("InvalidInstanceInfos")
            }
            epn.publicAddresses.append(address)
        }
        return finish(epn, &world, context)
    }

    @Sendable
    private static func removeAddresses(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var epn = try epn(isIntranet: false, world, context)
        let addresses = try names("InstanceInfos", "PublicIpAddress", context)
        guard addresses.allSatisfy(epn.publicAddresses.contains) else { throw CloudError("InvalidInstanceInfos") }
        epn.publicAddresses.removeAll { addresses.contains($0) }
        return finish(epn, &world, context)
    }

    /// The EPN instance of the call, at rest and in a mode that has such members.
    private static func epn(
        isIntranet: Bool, _ world: World, _ context: ActionContext
    ) throws(CloudError) -> ENSEpnInstance {
        let epn = try world.restingEpnInstance(context)
        guard epn.model.isIntranet == isIntranet else { throw CloudError("UnsupportedOperation") }
        return epn
    }

    private static func names(
        _ parameter: String, _ member: String, _ context: ActionContext
    ) throws(CloudError) -> [String] {
        let names = (context.parameters.objects(parameter) ?? []).compactMap { $0[member] }
        guard !names.isEmpty else { throw CloudError("Invalid" + parameter) }
        return names
    }

    private static func finish(
        _ epn: ENSEpnInstance, _ world: inout World, _ context: ActionContext
    ) -> JSONValue {
        var epn = epn
        epn.change(to: epn.state.target, context)
        world.ens.epnInstances[epn.id] = epn
        return .empty
    }
}

extension World {
    /// The instance that has a public address of its own.
    func edgeInstance(withPublicAddress address: String) -> ENSInstance? {
        ens.instances.all.first { $0.publicAddresses.contains { $0.ip == address } }
    }
}
