import Bytes

/// Buying instances: CreateInstance.
enum ENSInstanceCreation {
    static let handlers: [String: ActionHandler] = ["CreateInstance": create]

    /// The ids come back at once; the machines start meanwhile.
    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let request = try ENSInstanceRequest(world, context)
        world.ens.bandwidthChargeType = request.bandwidthChargeType
        var ids: [String] = []
        for number in 1...max(1, request.count) {
            let instance = try make(request, number, &world, context)
            world.ens.instances[instance.id] = instance
            ids.append(instance.id)
        }
        return ENS.done.with("InstanceIds", .list("InstanceId", ids))
    }

    private static func make(
        _ request: ENSInstanceRequest, _ number: Int, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> ENSInstance {
        let id = world.identifiers.edgeResource("i")
        let suffix = request.numbersNames ? String("00\(number)".suffix(3)) : ""
        let disk = ENSInstance.Disk(id: world.identifiers.edgeResource("d"), size: request.systemDisk)
        var instance = ENSInstance(
            id: id, nodeId: request.node.id, name: request.name.map { $0 + suffix } ?? id,
            hostName: request.hostName.map { $0 + suffix } ?? id, spec: request.spec, image: request.image,
            creationTime: context.now,
            lifecycle: Timeline(
                from: context.now, [(state: .starting, lasting: context.duration(of: .instanceCreating))],
                target: .running),
            expiredTime: context.now.adding(seconds: Int64(request.months) * ENSInstance.month),
            renewalMonths: request.renewalMonths, systemDisk: disk, privateAddress: "",
            keyPairName: request.keyPairName, hasPassword: request.hasPassword)
        if let size = request.dataDisk {
            instance.dataDisks = [.init(id: world.identifiers.edgeResource("d"), size: size)]
        }
        if let vSwitch = request.vSwitch {
            guard let address = request.privateAddress ?? vSwitch.freeAddress(world.edgeAddresses(in: vSwitch.id)) else {
                throw CloudError("InvalidVSwitchId")
            }
            (instance.vSwitchId, instance.networkId, instance.privateAddress) = (vSwitch.id, vSwitch.networkId, address)
        } else {
            instance.privateAddress = world.freeEdgeAddress(on: request.node.id)
        }
        if request.hasPublicAddress { addPublicAddresses(request, &instance, &world) }
        return instance
    }

    /// One address of each carrier of the node.
    private static func addPublicAddresses(
        _ request: ENSInstanceRequest, _ instance: inout ENSInstance, _ world: inout World
    ) {
        for carrier in request.node.carriers {
            instance.publicAddresses.append(.init(ip: world.ens.takePublicAddress(carrier), carrier: carrier))
        }
        if request.hasIPv6 { instance.publicAddresses.append(.makeIPv6(on: request.node, &world)) }
    }
}

extension ENSInstance.Address {
    /// A public IPv6 address on a node.
    static func makeIPv6(on node: ENSNode, _ world: inout World) -> ENSInstance.Address {
        let digits = String(world.identifiers.below(65_535) + 1, radix: 16)
        let net = String(world.identifiers.below(65_535) + 1, radix: 16)
        return ENSInstance.Address(ip: "2409:8c00:\(net)::\(digits)", carrier: node.mainCarrier)
    }
}

extension World {
    /// A free address in the range that a node gives to instances outside networks.
    fileprivate func freeEdgeAddress(on node: String) -> String {
        let used = Set(ens.instances.all.filter { $0.nodeId == node && $0.vSwitchId.isEmpty }.map(\.privateAddress))
        let addresses = (0..<16_000).lazy.map { "192.168.\($0 / 250).\($0 % 250 + 2)" }
        return addresses.first { !used.contains($0) } ?? "192.168.255.254"
    }
}
