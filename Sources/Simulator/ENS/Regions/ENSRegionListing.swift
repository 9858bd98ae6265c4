import Bytes

/// Finding edge nodes.
enum ENSRegionListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeEnsRegions": list,
        "DescribeEnsRegionIdIpv6Info": tellOfIPv6,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let wanted = context.parameters.text("EnsRegionId")
        let nodes = ENSNode.all.filter { wanted == nil || $0.id == wanted }
        return ENS.done.with("EnsRegions", .list("EnsRegions", nodes.map(\.rendered)))
    }

    @Sendable
    private static func tellOfIPv6(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let node = try context.requiredNode()
        return ["SupportIpv6Info": ["EnsRegionId": .string(node.id), "SupportIpv6": .bool(node.supportsIPv6)]]
    }
}

extension ENSNode {
    /// A node as lists show it. English names are empty.
    var rendered: JSONValue {
        [
            "EnsRegionId": .string(id), "Name": .string(name), "Area": .string(area), "Province": .string(province),
            "EnName": "",
        ]
    }
}
