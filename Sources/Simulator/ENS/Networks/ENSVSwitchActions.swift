import Bytes

/// Making, showing, changing and deleting vSwitches.
enum ENSVSwitchActions {
    static let handlers: [String: ActionHandler] = [
        "CreateVSwitch": create,
        "DescribeVSwitches": list,
        "ModifyVSwitchAttribute": modify,
        "DeleteVSwitch": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let node = try context.requiredNode()
        guard let block = IPv4Network(try context.required("CidrBlock")),
            ENSVSwitch.maskLengths.contains(block.prefixLength)
        else { throw CloudError("InvalidCidrBlock") }
        let texts = try ENSNames.read("VSwitchName", context)
        let network = try network(for: block, on: node, world, context)
        guard network.state.state(at: context.now) == .available else { throw CloudError("IncorrectInstanceStatus") }
        let isFree = !world.edgeVSwitches(in: network.id).contains { $0.cidrBlock.overlaps(block) }
        guard network.cidrBlock.contains(block), isFree else { throw CloudError("InvalidCidrBlock") }
        let id = world.identifiers.edgeResource("vsw")
        world.ens.vSwitches[id] = ENSVSwitch(
            id: id, networkId: network.id, nodeId: node.id, name: texts.name ?? "", description: texts.description ?? "",
            cidrBlock: block, creationTime: context.now,
            state: Timeline(
                from: context.now, [(state: .pending, lasting: context.duration(of: .vSwitchPending))],
                target: .available))
        return ["VSwitchId": .string(id)]
    }

    /// The network of the call, else the oldest one of the node that the range fits into.
    private static func network(
        for block: IPv4Network, on node: ENSNode, _ world: World, _ context: ActionContext
    ) throws(CloudError) -> ENSNetwork {
        let networks = world.ens.networks.all.filter { $0.nodeId == node.id }
        guard let id = context.parameters.text("NetworkId") else {
            guard let network = networks.first(where: { $0.cidrBlock.contains(block) }) else {
                throw CloudError("MissingNetworkId")
            }
            return network
        }
        guard let network = networks.first(where: { $0.id == id }) else { throw CloudError("InvalidNetworkId") }
        return network
    }

    /// By node, descending unless `OrderByParams` says otherwise; those of one node newest first.
    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let order = try parameters.object("OrderByParams")
        let direction = order["EnsRegionId"] ?? "desc"
        guard direction == "desc" || direction == "asc", order.keys.allSatisfy({ $0 == "EnsRegionId" }) else {
            throw CloudError("InvalidOrderByParams")
        }
        let current = world
        let found = world.ens.vSwitches.newestFirst.filter {
            parameters.match([
                ("EnsRegionId", $0.nodeId), ("VSwitchId", $0.id), ("VSwitchName", $0.name), ("NetworkId", $0.networkId),
            ])
        }
        let sorted = found.enumerated().sorted { left, right in
            let (a, b) = (left.element.nodeId, right.element.nodeId)
            if a == b { return left.offset < right.offset }
            return direction == "asc" ? a < b : a > b
        }.map(\.element)
        return .object(
            try Page(sorted, context).members("VSwitches", "VSwitch") { vSwitch in
                [
                    "VSwitchId": .string(vSwitch.id), "VSwitchName": .string(vSwitch.name),
                    "NetworkId": .string(vSwitch.networkId), "EnsRegionId": .string(vSwitch.nodeId),
                    "CidrBlock": .string(vSwitch.cidrBlock.text), "Description": .string(vSwitch.description),
                    "Status": .string(vSwitch.state.state(at: context.now).rawValue),
                    "FreeIpCount": .integer(vSwitch.freeAddressCount(current.edgeAddresses(in: vSwitch.id))),
                    "CreatedTime": .string(vSwitch.creationTime.text),
                ]
            })
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let vSwitch = try world.edgeVSwitch(context)
        let texts = try ENSNames.read("VSwitchName", context)
        if let name = texts.name { world.ens.vSwitches[vSwitch.id]?.name = name }
        if let description = texts.description { world.ens.vSwitches[vSwitch.id]?.description = description }
        return .empty
    }

    /// A vSwitch goes when nothing has an address in it and no EPN instance counts on it.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let vSwitch = try world.edgeVSwitch(context)
        let isMember = world.ens.epnInstances.all.contains { $0.vSwitchIds.contains(vSwitch.id) }
        guard world.edgeAddresses(in: vSwitch.id).isEmpty, !isMember else { throw CloudError("IncorrectInstanceStatus") }
        world.ens.vSwitches[vSwitch.id] = nil
        return .empty
    }
}
