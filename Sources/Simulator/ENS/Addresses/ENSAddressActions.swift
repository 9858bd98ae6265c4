import Bytes

/// Taking, showing and changing elastic addresses. They are released as load balancers are: ReleaseInstance.
enum ENSAddressActions {
    static let handlers: [String: ActionHandler] = [
        "CreateEipInstance": create,
        "DescribeEnsEipAddresses": list,
        "ModifyEnsEipAddressAttribute": modify,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let node = try context.requiredNode()
        let parameters = context.parameters
        let chargeType = try context.required("InstanceChargeType")
        let internetChargeType = try context.required("InternetChargeType")
        guard chargeType != "PostPaid" || internetChargeType != "PayByBandwidth" else {
            throw CloudError("InvalidInternetChargeType")
        }
        let carrier = parameters.text("Isp").flatMap(ENSCarrier.init) ?? node.mainCarrier
        guard node.carriers.contains(carrier) else { throw CloudError("InvalidIsp") }
        let id = world.identifiers.edgeResource("eip")
        world.ens.addresses[id] = ENSAddress(
            id: id, nodeId: node.id, ip: world.ens.takePublicAddress(carrier), carrier: carrier,
            name: parameters.text("Name") ?? "",
            bandwidth: parameters.integer("Bandwidth") ?? ENSAddress.standardBandwidth, chargeType: chargeType,
            internetChargeType: internetChargeType, creationTime: context.now,
            lifecycle: Timeline(.available, since: context.now))
        return ["AllocationId": .string(id)]
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let ids = parameters.commaList("AllocationId")
        let addresses = parameters.commaList("EipAddress")
        let found = world.ens.addresses.newestFirst.filter { address in
            let binding = address.binding(at: context.now)
            return ids?.contains(address.id) ?? true && addresses?.contains(address.ip) ?? true
                && parameters.match([
                    ("AssociatedInstanceId", binding?.resourceId ?? ""), ("AssociatedInstanceType", binding?.type ?? ""),
                ])
        }
        return .object(try Page(found, context).members("EipAddresses", "EipAddress") { $0.rendered(at: context.now) })
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var address = try world.edgeAddress(context)
        let parameters = context.parameters
        for (name, path) in [("Name", \ENSAddress.name), ("Description", \ENSAddress.description)] {
            guard let text = parameters.text(name) else { continue }
            guard !text.isWebAddress else { throw CloudError("Invalid" + name) }
            address[keyPath: path] = text
        }
        address.bandwidth = parameters.integer("Bandwidth") ?? address.bandwidth
        world.ens.addresses[address.id] = address
        return .empty
    }
}

extension ENSAddress {
    fileprivate func rendered(at now: SimulatedTime) -> JSONValue {
        let binding = binding(at: now)
        return [
            "AllocationId": .string(id), "IpAddress": .string(ip), "EnsRegionId": .string(nodeId), "Name": .string(name),
            "Description": .string(description), "Bandwidth": .integer(bandwidth), "ChargeType": .string(chargeType),
            "InternetChargeType": .string(internetChargeType), "Isp": .string(carrier.rawValue),
            "Status": .string(state(at: now).rawValue), "AllocationTime": .string(creationTime.text),
            "InstanceId": .string(binding?.resourceId ?? ""), "InstanceType": .string(binding?.type ?? ""),
        ]
    }
}
