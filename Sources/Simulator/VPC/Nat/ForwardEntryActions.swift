import Bytes

/// The entries of DNAT tables.
enum ForwardEntryActions {
    static let handlers: [String: ActionHandler] = [
        "CreateForwardEntry": create,
        "DescribeForwardTableEntries": list,
        "ModifyForwardEntry": modify,
        "DeleteForwardEntry": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try gateway(world, context, orElse: "InvalidForwardTableId.NotFound")
        let own = world.forwardEntries(in: gateway.forwardTableId)
        guard own.allSatisfy({ $0.state.isSettled(at: context.now) }) else {
            throw CloudError("IncorrectForwardEntryStatus")
        }
        guard own.count < ForwardEntry.limit else { throw CloudError("QuotaExceeded.ForwardEntry") }
        let id = world.identifiers.resource("fwd")
        var entry = ForwardEntry(
            id: id, tableId: gateway.forwardTableId, externalIp: "", externalPort: "", ipProtocol: "", internalIp: "",
            internalPort: "", state: .becoming(lasting: context.lasting(.entryPending), from: context.now))
        try set(&entry, context)
        let faults = Faults(source: "ForwardEntry.Duplicated.Source", destination: "ForwardEntry.Duplicated.Destination")
        try check(entry, of: gateway, world, context, faults)
        world.vpc.forwardEntries[id] = entry
        return ["ForwardEntryId": .string(id)]
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try gateway(world, context, orElse: "InvalidForwardTableId.NotFound")
        var entry = try entry(world, gateway, context)
        let own = world.forwardEntries(in: gateway.forwardTableId)
        guard own.allSatisfy({ $0.state.isSettled(at: context.now) }) else {
            throw CloudError("IncorretForwardEntryStatus")
        }
        try set(&entry, context)
        let faults = Faults(source: "ForwardEntry.Duplicated", destination: "Forbidden.InternalIpAndInternalPortDuplicate")
        try check(entry, of: gateway, world, context, faults)
        entry.state = .becoming(.modifying, lasting: context.lasting(.entryModifying), from: context.now)
        world.vpc.forwardEntries[entry.id] = entry
        return .empty
    }

    /// Codes of what the two actions call differently.
    private struct Faults {
        let source: String
        let destination: String
    }

    private static func set(_ entry: inout ForwardEntry, _ context: ActionContext) throws(CloudError) {
        let parameters = context.parameters
        for (name, path) in [("ExternalIp", \ForwardEntry.externalIp), ("InternalIp", \ForwardEntry.internalIp)] {
            guard let text = parameters.text(name) else { continue }
            guard IPv4Address(text) != nil else { throw CloudError("Invalid\(name).Malformed") }
            entry[keyPath: path] = text
        }
        entry.externalPort = parameters.text("ExternalPort")?.lowercased() ?? entry.externalPort
        entry.internalPort = parameters.text("InternalPort")?.lowercased() ?? entry.internalPort
        entry.ipProtocol = parameters.text("IpProtocol")?.lowercased() ?? entry.ipProtocol
    }

    private static func check(
        _ entry: ForwardEntry, of gateway: NatGateway, _ world: World, _ context: ActionContext, _ faults: Faults
    ) throws(CloudError) {
        guard entry.isConsistent else { throw CloudError("Forbidden.PortsAndIpProtocol") }
        guard world.publicAddresses(of: gateway, at: context.now).contains(entry.externalIp) else {
            throw CloudError("InvalidExternalIp.NotFound")
        }
        if let block = world.vpcs[gateway.vpcId]?.cidrBlock, let address = IPv4Address(entry.internalIp) {
            guard block.contains(address) else { throw CloudError("Forbidden.DestinationIpOutOfVpcCIDR") }
        }
        guard !world.snatEntries(in: gateway.snatTableId).contains(where: { $0.addresses.contains(entry.externalIp) }) else {
            throw CloudError("Forbidden.ExternalIpUsedInSnatTable")
        }
        let others = world.forwardEntries(in: gateway.forwardTableId).filter { $0.id != entry.id }
        guard !others.contains(where: { $0.sharesSource(with: entry) }) else { throw CloudError(faults.source) }
        guard !others.contains(where: { $0.sharesDestination(with: entry) }) else { throw CloudError(faults.destination) }
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try gateway(world, context, orElse: "InvalidForwardTable.NotFound")
        let page = try Page(world.forwardEntries(in: gateway.forwardTableId).reversed(), context)
        return .object(
            page.members("ForwardTableEntries", "ForwardTableEntry") { entry in
                [
                    "ForwardTableId": .string(entry.tableId), "ForwardEntryId": .string(entry.id),
                    "ExternalIp": .string(entry.externalIp), "ExternalPort": .string(entry.externalPort),
                    "IpProtocol": .string(entry.ipProtocol), "InternalIp": .string(entry.internalIp),
                    "InternalPort": .string(entry.internalPort),
                    "Status": .string(entry.state.state(at: context.now).rawValue),
                ]
            })
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let gateway = try gateway(world, context, orElse: "InvalidForwardTableId.NotFound")
        let entry = try entry(world, gateway, context)
        let own = world.forwardEntries(in: gateway.forwardTableId)
        guard own.allSatisfy({ $0.state.isSettled(at: context.now) }) else {
            throw CloudError("IncorrectForwardEntryStatus")
        }
        world.vpc.forwardEntries[entry.id] = nil
        return .empty
    }

    private static func gateway(
        _ world: World, _ context: ActionContext, orElse code: String
    ) throws(CloudError) -> NatGateway {
        let region = try context.knownRegion()
        let table = try context.required("ForwardTableId")
        let found = world.vpc.natGateways.all.first { $0.forwardTableId == table && $0.regionId == region }
        guard let found else { throw CloudError(code) }
        return found
    }

    private static func entry(
        _ world: World, _ gateway: NatGateway, _ context: ActionContext
    ) throws(CloudError) -> ForwardEntry {
        guard let entry = world.vpc.forwardEntries[try context.required("ForwardEntryId")],
            entry.tableId == gateway.forwardTableId
        else { throw CloudError("InvalidForwardEntryId.NotFound") }
        return entry
    }
}

extension World {
    /// The entries of a DNAT table, oldest first.
    fileprivate func forwardEntries(in tableId: String) -> [ForwardEntry] {
        vpc.forwardEntries.all.filter { $0.tableId == tableId }
    }
}
