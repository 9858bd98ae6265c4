import Bytes

/// The entries of SNAT tables.
enum SnatEntryActions {
    static let handlers: [String: ActionHandler] = [
        "CreateSnatEntry": create,
        "DescribeSnatTableEntries": list,
        "ModifySnatEntry": modify,
        "DeleteSnatEntry": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try gateway(world, context)
        try checkRest(world, gateway, context, orElse: "IncorrectSnatEntryStatus")
        let (vSwitch, block) = try source(world, gateway, context)
        guard !world.vpc.haVips.all.contains(where: { $0.vSwitchId == vSwitch.id }) else {
            throw CloudError("Forbidden.SourceVSwitchId.IncludeHaVip")
        }
        guard !world.snatEntries(in: gateway.snatTableId).contains(where: { $0.cidrBlock.overlaps(block) }) else {
            throw CloudError("Forbidden.SourceVSwitchId.Duplicated")
        }
        let id = world.identifiers.resource("snat")
        world.vpc.snatEntries[id] = SnatEntry(
            id: id, tableId: gateway.snatTableId, vSwitchId: vSwitch.id, cidrBlock: block,
            addresses: try addresses(try context.required("SnatIp"), world, gateway, context),
            state: .becoming(lasting: context.lasting(.entryPending), from: context.now))
        return ["SnatEntryId": .string(id)]
    }

    /// The vSwitch that gets access, and the block of it that does.
    private static func source(
        _ world: World, _ gateway: NatGateway, _ context: ActionContext
    ) throws(CloudError) -> (VSwitch, IPv4Network) {
        let parameters = context.parameters
        guard let text = parameters.text("SourceCIDR") else {
            guard let id = parameters.text("SourceVSwitchId") else { throw .missing("SourceVSwitchId") }
            let vSwitch = try world.existingVSwitch(id)
            guard vSwitch.vpcId == gateway.vpcId else { throw CloudError("InvalidVSwitchId.NotFound") }
            return (vSwitch, vSwitch.cidrBlock)
        }
        guard parameters.text("SourceVSwitchId") == nil, let block = IPv4Network(text) else { throw .invalid("SourceCIDR") }
        let vSwitch = world.vSwitches.all.first { $0.vpcId == gateway.vpcId && $0.cidrBlock.contains(block) }
        guard let vSwitch else { throw .invalid("SourceCIDR") }
        return (vSwitch, block)
    }

    private static func addresses(
        _ list: String, _ world: World, _ gateway: NatGateway, _ context: ActionContext
    ) throws(CloudError) -> [String] {
        let addresses = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let own = world.publicAddresses(of: gateway, at: context.now)
        for address in addresses {
            guard IPv4Address(address) != nil else { throw CloudError("InvalidSnatIp.Malformed") }
            guard own.contains(address) else { throw CloudError("InvalidSnatIp.NotFound") }
            guard !world.vpc.forwardEntries.all.contains(where: { $0.externalIp == address }) else {
                throw CloudError("Forbidden.IpUsedInForwardTable")
            }
        }
        return addresses
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try gateway(world, context)
        let page = try Page(world.snatEntries(in: gateway.snatTableId).reversed(), context)
        return .object(
            page.members("SnatTableEntries", "SnatTableEntry") { entry in
                [
                    "SnatTableId": .string(entry.tableId), "SnatEntryId": .string(entry.id),
                    "SourceVSwitchId": .string(entry.vSwitchId), "SourceCIDR": .string(entry.cidrBlock.text),
                    "SnatIp": .string(entry.addresses.joined(separator: ",")),
                    "Status": .string(entry.state.state(at: context.now).rawValue),
                ]
            })
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try gateway(world, context)
        var entry = try entry(world, gateway, context)
        try checkRest(world, gateway, context, orElse: "IncorretSnatEntryStatus")
        guard let list = context.parameters.text("SnatIp") else { return .empty }
        entry.addresses = try addresses(list, world, gateway, context)
        entry.state = .becoming(.modifying, lasting: context.lasting(.entryModifying), from: context.now)
        world.vpc.snatEntries[entry.id] = entry
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let entry = try entry(world, try gateway(world, context), context)
        world.vpc.snatEntries[entry.id] = nil
        return .empty
    }

    private static func checkRest(
        _ world: World, _ gateway: NatGateway, _ context: ActionContext, orElse code: String
    ) throws(CloudError) {
        guard world.snatEntries(in: gateway.snatTableId).allSatisfy({ $0.state.isSettled(at: context.now) }) else {
            throw CloudError(code)
        }
    }

    private static func gateway(_ world: World, _ context: ActionContext) throws(CloudError) -> NatGateway {
        let region = try context.knownRegion()
        let table = try context.required("SnatTableId")
        let found = world.vpc.natGateways.all.first { $0.snatTableId == table && $0.regionId == region }
        guard let found else { throw CloudError("InvalidSnatTableId.NotFound") }
        return found
    }

    private static func entry(_ world: World, _ gateway: NatGateway, _ context: ActionContext) throws(CloudError) -> SnatEntry {
        guard let entry = world.vpc.snatEntries[try context.required("SnatEntryId")], entry.tableId == gateway.snatTableId
        else { throw CloudError("InvalidSnatEntryId.NotFound") }
        return entry
    }
}
