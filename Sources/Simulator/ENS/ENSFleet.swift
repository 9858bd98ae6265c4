/// What exists of the product from the beginning: a small video service on four nodes.
enum ENSFleet {
    private struct Machine {
        var name: String
        var node: String
        var spec: String
        /// The end of the image's id is left to the table of images.
        var system = "centos"
        var group: String
        var kind = ENSInstance.Kind.subscription
        /// GiB of the data disk; 0 for none.
        var data = 0
        var isInNetwork = false
        var isStopped = false
        /// Days since it was made.
        var age: Int64
    }

    private static let machines: [Machine] = [
        Machine(
            name: "edge-cache-1", node: "cn-hangzhou-cmcc", spec: "ens.sn1.large", group: "edge-web", data: 500,
            isInNetwork: true, age: 200),
        Machine(
            name: "edge-cache-2", node: "cn-hangzhou-cmcc", spec: "ens.sn1.large", group: "edge-web", data: 500,
            isInNetwork: true, age: 200),
        Machine(name: "edge-ingest-1", node: "cn-beijing-cmcc", spec: "ens.sn2.small", group: "edge-web", data: 100, age: 150),
        Machine(
            name: "edge-ingest-2", node: "cn-chengdu-telecom", spec: "ens.sn2.small", system: "ubuntu",
            group: "edge-web", age: 120),
        Machine(
            name: "edge-relay", node: "cn-taizhou-telecom_unicom_cmcc", spec: "ens.sn1.small", group: "edge-ops",
            kind: .postPaid, age: 60),
        Machine(
            name: "edge-trial", node: "cn-chengdu-telecom", spec: "ens.sn1.stiny", group: "edge-ops", kind: .postPaid,
            isStopped: true, age: 14),
    ]

    static func seed(_ world: inout World, at now: SimulatedTime) {
        world.ens.bandwidthChargeType = "95BandwidthByMonth"
        world.ens.epnChargeType = "BandwidthByDay"
        let created = now.adding(seconds: -220 * 86_400)
        let groups = addGroups(&world, created)
        addKeyPair(&world, created)
        let vSwitch = addNetwork(&world, created)
        for machine in machines { add(machine, groups, vSwitch, &world, now) }
        if let vSwitch { addBalancer(vSwitch, &world, created) }
        addEpnInstance(&world, created)
    }

    private static func addGroups(_ world: inout World, _ created: SimulatedTime) -> [String: String] {
        var ids: [String: String] = [:]
        for (name, description, ports) in [
            ("edge-web", "Caches and ingest", [80, 443, 1935]), ("edge-ops", "Administration", [22]),
        ] {
            let id = world.identifiers.edgeResource("sg")
            var group = ENSSecurityGroup(id: id, name: name, description: description, creationTime: created)
            for port in ports {
                guard let range = PortRange("\(port)/\(port)"), let block = IPv4Network("0.0.0.0/0") else { continue }
                group.rules.append(
                    .init(
                        match: .init(direction: .ingress, ipProtocol: "tcp", ports: range, block: block, policy: "accept"),
                        priority: 1, creationTime: created))
            }
            world.ens.securityGroups[id] = group
            ids[name] = id
        }
        return ids
    }

    private static func addKeyPair(_ world: inout World, _ created: SimulatedTime) {
        let key = MadeKeyPair(seed: world.identifiers.next()).publicKey
        let pair = ENSKeyPair(
            id: world.identifiers.edgeResource("ssh"), name: "edge-ops", fingerprint: key.fingerprint, creationTime: created)
        world.ens.keyPairs[pair.name] = pair
    }

    private static func addNetwork(_ world: inout World, _ created: SimulatedTime) -> ENSVSwitch? {
        guard let block = IPv4Network("10.0.0.0/16"), let part = IPv4Network("10.0.0.0/24") else { return nil }
        let network = ENSNetwork(
            id: world.identifiers.edgeResource("n"), nodeId: "cn-hangzhou-cmcc", name: "edge-hangzhou", cidrBlock: block,
            routeTableId: world.identifiers.edgeResource("rtb"), creationTime: created,
            state: Timeline(.available, since: created))
        let vSwitch = ENSVSwitch(
            id: world.identifiers.edgeResource("vsw"), networkId: network.id, nodeId: network.nodeId,
            name: "edge-hangzhou-a", cidrBlock: part, creationTime: created, state: Timeline(.available, since: created))
        world.ens.networks[network.id] = network
        world.ens.vSwitches[vSwitch.id] = vSwitch
        return vSwitch
    }

    private static func add(
        _ machine: Machine, _ groups: [String: String], _ vSwitch: ENSVSwitch?, _ world: inout World, _ now: SimulatedTime
    ) {
        guard let node = ENSNode.named(machine.node), let spec = ENSInstanceSpec.named(machine.spec),
            let image = ENSImage.all.last(where: { $0.system == machine.system })
        else { return }
        let created = now.adding(seconds: -machine.age * 86_400)
        let place = machine.isInNetwork ? vSwitch : nil
        let number = world.ens.instances.count
        let address = place.flatMap { $0.freeAddress(world.edgeAddresses(in: $0.id)) } ?? "192.168.0.\(number + 2)"
        let isSubscription = machine.kind == .subscription
        var instance = ENSInstance(
            id: world.identifiers.edgeResource("i"), nodeId: node.id, name: machine.name, hostName: machine.name, spec: spec,
            image: image, kind: machine.kind, creationTime: created,
            lifecycle: Timeline(machine.isStopped ? .stopped : .running, since: created),
            expiredTime: isSubscription ? now.adding(seconds: 180 * 86_400) : nil,
            renewalMonths: isSubscription ? 12 : nil,
            systemDisk: .init(id: world.identifiers.edgeResource("d"), size: 40), privateAddress: address,
            networkId: place?.networkId ?? "", vSwitchId: place?.id ?? "", keyPairName: "edge-ops")
        instance.securityGroupIds = [groups[machine.group]].compactMap { $0 }
        if machine.data > 0 { instance.dataDisks = [.init(id: world.identifiers.edgeResource("d"), size: machine.data)] }
        if !machine.isInNetwork {
            instance.publicAddresses = node.carriers.map { .init(ip: world.ens.takePublicAddress($0), carrier: $0) }
        }
        world.ens.instances[instance.id] = instance
    }

    /// A load balancer before the caches, with an elastic address.
    private static func addBalancer(_ vSwitch: ENSVSwitch, _ world: inout World, _ created: SimulatedTime) {
        guard let address = vSwitch.freeAddress(world.edgeAddresses(in: vSwitch.id)) else { return }
        var balancer = ENSLoadBalancer(
            id: world.identifiers.edgeResource("lb"), nodeId: vSwitch.nodeId, name: "edge-entry", spec: "elb.s2.medium",
            networkId: vSwitch.networkId, vSwitchId: vSwitch.id, address: address, creationTime: created)
        balancer.backends = world.ens.instances.all.filter { $0.vSwitchId == vSwitch.id }.map {
            .init(serverId: $0.id, ip: $0.privateAddress, port: 0, weight: 100)
        }
        balancer.listeners = [
            ENSListener(
                port: 80, transport: .tcp, state: Timeline(.running, since: created),
                settings: ENSListenerSetting.values(of: .tcp, port: 80, ["Description": "video"]))
        ]
        world.ens.loadBalancers[balancer.id] = balancer
        let id = world.identifiers.edgeResource("eip")
        world.ens.addresses[id] = ENSAddress(
            id: id, nodeId: vSwitch.nodeId, ip: world.ens.takePublicAddress(.cmcc), carrier: .cmcc, name: "edge-entry",
            bandwidth: 100, chargeType: "PostPaid", internetChargeType: "95BandwidthByMonth", creationTime: created,
            lifecycle: Timeline(.inUse, since: created), binding: .init(resourceId: balancer.id, type: "SlbInstance"))
    }

    /// The ingest machines reach each other over the accelerated public network.
    private static func addEpnInstance(_ world: inout World, _ created: SimulatedTime) {
        let addresses = world.ens.instances.all.filter { $0.name.hasPrefix("edge-ingest") }
            .flatMap { $0.publicAddresses.map(\.ip) }
        let id = world.identifiers.edgeResource("epn")
        world.ens.epnInstances[id] = ENSEpnInstance(
            id: id, name: "edge-ingest", type: "EdgeToEdge", model: .speedUp, bandwidth: 40, creationTime: created,
            modificationTime: created, state: Timeline(.running, since: created), publicAddresses: addresses)
    }
}
