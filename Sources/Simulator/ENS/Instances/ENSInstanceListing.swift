import Bytes

/// Finding instances, and how they are renewed.
enum ENSInstanceListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeInstances": list,
        "DescribeInstanceAutoRenewAttribute": listRenewals,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let current = world
        let found = world.ens.instances.newestFirst.filter { matches($0, current, context) }
        let page = try Page(try sorted(found, context), context)
        let members = page.members("Instances", "Instance") { $0.rendered(current, at: context.now) }
        return .object([.init("Code", 0)] + members)
    }

    /// An empty list of instance ids is a filter that nothing meets; every other empty filter is none.
    private static func matches(_ instance: ENSInstance, _ world: World, _ context: ActionContext) -> Bool {
        let parameters = context.parameters
        let isMet = parameters.match([
            ("EnsRegionId", instance.nodeId), ("InstanceId", instance.id), ("InstanceName", instance.name),
            ("ImageId", instance.image.id), ("Status", instance.state(at: context.now).rawValue),
            ("EnsServiceId", instance.serviceId), ("InstanceResourceType", instance.kind.rawValue),
            ("NetworkId", instance.networkId), ("VSwitchId", instance.vSwitchId),
        ])
        guard isMet else { return false }
        if let ids = parameters.jsonArray("InstanceIds"), !ids.contains(instance.id) { return false }
        if let nodes = parameters.jsonArray("EnsRegionIds"), !nodes.isEmpty, !nodes.contains(instance.nodeId) { return false }
        if let group = parameters.text("SecurityGroupId"), !instance.securityGroupIds.contains(group) { return false }
        guard let key = parameters.text("SearchKey") else { return true }
        let texts = [instance.id, instance.name, instance.privateAddress] + instance.publicAddresses.map(\.ip)
        return texts.contains { $0.contains(key) }
    }

    /// Newest first unless `OrderByParams` says otherwise; of several keys the name counts most, then expiry, node, creation.
    private static func sorted(_ instances: [ENSInstance], _ context: ActionContext) throws(CloudError) -> [ENSInstance] {
        let order = try context.parameters.object("OrderByParams")
        var sorted = instances
        let keys: [(name: String, value: (ENSInstance) -> String)] = [
            ("CreationTimeSort", { $0.creationTime.text }), ("EnsRegionIdSort", { $0.nodeId }),
            ("ExpireTimeSort", { $0.expiredTime?.text ?? ENS.endless }), ("InstanceNameSort", { $0.name }),
        ]
        for (name, direction) in order {
            guard keys.contains(where: { $0.name == name }), direction == "asc" || direction == "desc" else {
                throw CloudError("InvalidOrderByParams")
            }
        }
        // The least important first, since equal elements keep their order.
        for key in keys {
            guard let direction = order[key.name] else { continue }
            sorted = sorted.enumerated().sorted { left, right in
                let (a, b) = (key.value(left.element), key.value(right.element))
                if a == b { return left.offset < right.offset }
                return direction == "asc" ? a < b : a > b
            }.map(\.element)
        }
        return sorted
    }

    @Sendable
    private static func listRenewals(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let ids = try context.required("InstanceIds").split(separator: ";").map(String.init)
        var rows: [JSONValue] = []
        for id in ids {
            let instance = try world.edgeInstance(id)
            rows.append([
                "InstanceId": .string(id), "AutoRenewal": .bool(instance.renewalMonths != nil),
                "Duration": .string(String(instance.renewalMonths ?? 0)),
            ])
        }
        return ENS.done.with("InstanceRenewAttributes", .list("InstanceRenewAttribute", rows))
    }
}
