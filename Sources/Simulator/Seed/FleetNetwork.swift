/// The network that the example fleet lives in.
struct FleetNetwork {
    static let keyPairName = "ops"

    let region: String
    let vpcId: String
    /// One in each zone of the fleet, in that order.
    let vSwitchIds: [String]
    /// Ids of the security groups by name.
    let groups: [String: String]

    /// Makes a VPC with a vSwitch in each zone, three security groups and a key pair.
    init(
        _ world: inout World, region: String = Fleet.region, zones: [String] = Fleet.zones, at now: SimulatedTime
    ) {
        let created = now.adding(seconds: -420 * 86_400)
        let vpcId = world.identifiers.resource("vpc")
        if let cidr = IPv4Network("172.16.0.0/12") {
            world.vpcs[vpcId] = Vpc(
                id: vpcId, regionId: region, name: "production", cidrBlock: cidr, creationTime: created)
        }
        var vSwitchIds: [String] = []
        for (index, zone) in zones.enumerated() {
            let id = world.identifiers.resource("vsw")
            vSwitchIds.append(id)
            guard let cidr = IPv4Network("172.16.\(index * 16).0/20") else { continue }
            world.vSwitches[id] = VSwitch(
                id: id, vpcId: vpcId, zoneId: zone, name: "production-\(zone.suffix(1))", cidrBlock: cidr,
                creationTime: created)
        }
        var groups: [String: String] = [:]
        for (name, description) in [
            ("web", "Web and API servers"), ("database", "Databases and caches"), ("bastion", "Administration and builds"),
        ] {
            let id = world.identifiers.resource("sg")
            world.securityGroups[id] = SecurityGroup(
                id: id, regionId: region, vpcId: vpcId, name: name, description: description, creationTime: created)
            groups[name] = id
        }
        Self.addRules(groups, &world, created)
        let publicKey = MadeKeyPair(seed: world.identifiers.next()).publicKey
        let pair = KeyPair(
            id: world.identifiers.resource("ssh"), regionId: region, name: Self.keyPairName,
            fingerprint: publicKey.fingerprint, publicKey: publicKey.text, creationTime: created)
        world.keyPairs[pair.key] = pair
        self.region = region
        self.vpcId = vpcId
        self.vSwitchIds = vSwitchIds
        self.groups = groups
    }

    /// The world reaches the web, the web reaches the databases, and who administers comes through the bastion.
    private static func addRules(_ groups: [String: String], _ world: inout World, _ created: SimulatedTime) {
        let rows: [(group: String, port: Int, source: String?, description: String)] = [
            ("web", 80, nil, "HTTP"), ("web", 443, nil, "HTTPS"), ("web", 22, "bastion", "SSH from the bastion"),
            ("database", 3306, "web", "MySQL"), ("database", 6379, "web", "Redis"),
            ("database", 22, "bastion", "SSH from the bastion"), ("bastion", 22, nil, "SSH"),
        ]
        for row in rows {
            let source = row.source.flatMap { groups[$0] }.map { SecurityGroupRule.End.group($0) }
            guard let id = groups[row.group], let ports = PortRange("\(row.port)/\(row.port)"),
                let peer = source ?? IPv4Network("0.0.0.0/0").map({ .ipv4($0) })
            else { continue }
            world.securityGroups[id]?.rules.append(
                SecurityGroupRule(
                    id: world.identifiers.resource("sgr"),
                    match: .init(direction: .ingress, ipProtocol: "TCP", ports: ports, peer: peer, policy: .accept),
                    description: row.description, creationTime: created))
        }
    }
}
