/// The network that the example fleet lives in.
struct FleetNetwork {
    static let keyPairName = "ops"

    let vpcId: String
    /// One in each zone of the fleet, in that order.
    let vSwitchIds: [String]
    /// Ids of the security groups by name.
    let groups: [String: String]

    /// Makes a VPC with a vSwitch in each zone, three security groups and a key pair.
    init(_ world: inout World, at now: SimulatedTime) {
        let created = now.adding(seconds: -420 * 86_400)
        let vpcId = world.identifiers.resource("vpc")
        if let cidr = IPv4Network("172.16.0.0/12") {
            world.vpcs[vpcId] = Vpc(
                id: vpcId, regionId: Fleet.region, name: "production", cidrBlock: cidr, creationTime: created)
        }
        var vSwitchIds: [String] = []
        for (index, zone) in Fleet.zones.enumerated() {
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
                id: id, regionId: Fleet.region, vpcId: vpcId, name: name, description: description, creationTime: created)
            groups[name] = id
        }
        let keyPairId = world.identifiers.resource("ssh")
        world.keyPairs[KeyPair.key(region: Fleet.region, name: Self.keyPairName)] = KeyPair(
            id: keyPairId, regionId: Fleet.region, name: Self.keyPairName,
            fingerprint: "ce7b0f2a90d14be19f3c8e1d5a6b7c80", publicKey: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ ops",
            creationTime: created)
        self.vpcId = vpcId
        self.vSwitchIds = vSwitchIds
        self.groups = groups
    }
}
