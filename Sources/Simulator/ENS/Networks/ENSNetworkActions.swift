import Bytes

/// Making, showing, changing and deleting networks.
enum ENSNetworkActions {
    static let handlers: [String: ActionHandler] = [
        "CreateNetwork": create,
        "DescribeNetworks": list,
        "DescribeNetworkAttribute": describe,
        "ModifyNetworkAttribute": modify,
        "DeleteNetwork": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let node = try context.requiredNode()
        guard let block = IPv4Network(try context.required("CidrBlock")),
            ENSNetwork.ranges.contains(where: { $0.contains(block) })
        else { throw CloudError("InvalidCidrBlock") }
        let texts = try ENSNames.read("NetworkName", context)
        let id = world.identifiers.edgeResource("n")
        world.ens.networks[id] = ENSNetwork(
            id: id, nodeId: node.id, name: texts.name ?? "", description: texts.description ?? "", cidrBlock: block,
            routeTableId: world.identifiers.edgeResource("rtb"), creationTime: context.now,
            state: Timeline(
                from: context.now, [(state: .pending, lasting: context.duration(of: .networkPending))],
                target: .available))
        return ["NetworkId": .string(id)]
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let current = world
        let found = world.ens.networks.newestFirst.filter {
            context.parameters.match([("NetworkId", $0.id), ("EnsRegionId", $0.nodeId), ("NetworkName", $0.name)])
        }
        return .object(try Page(found, context).members("Networks", "Network") { $0.rendered(current, at: context.now) })
    }

    @Sendable
    private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let network = try world.edgeNetwork(context)
        let count = world.edgeVSwitches(in: network.id).count
        return network.rendered(world, at: context.now)
            .with(
                "CloudResources",
                .list(
                    "CloudResourceSetType",
                    [
                        ["ResourceType": "VSwitch", "ResourceCount": .integer(count)]
                    ]))
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let network = try world.edgeNetwork(context)
        let texts = try ENSNames.read("NetworkName", context)
        if let name = texts.name { world.ens.networks[network.id]?.name = name }
        if let description = texts.description { world.ens.networks[network.id]?.description = description }
        return .empty
    }

    /// A network goes when its vSwitches are gone.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let network = try world.edgeNetwork(context)
        guard world.edgeVSwitches(in: network.id).isEmpty else { throw CloudError("IncorrectInstanceStatus") }
        world.ens.networks[network.id] = nil
        return .empty
    }
}

extension ENSNetwork {
    fileprivate func rendered(_ world: World, at now: SimulatedTime) -> JSONValue {
        [
            "NetworkId": .string(id), "NetworkName": .string(name), "EnsRegionId": .string(nodeId),
            "CidrBlock": .string(cidrBlock.text), "Description": .string(description),
            "Status": .string(state.state(at: now).rawValue), "CreatedTime": .string(creationTime.text),
            "RouterTableId": .string(routeTableId),
            "VSwitchIds": .list("VSwitchId", world.edgeVSwitches(in: id).map(\.id)),
        ]
    }
}
