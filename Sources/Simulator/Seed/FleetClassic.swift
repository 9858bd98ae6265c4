/// What is left of the classic network: one machine in Qingdao, and a VPC that it may be linked to.
enum FleetClassic {
    static let region = "cn-qingdao"
    static let zone = "cn-qingdao-b"

    static func seed(_ world: inout World, at now: SimulatedTime) {
        let created = now.adding(seconds: -2_200 * 86_400)
        let vpcId = world.identifiers.resource("vpc")
        if let cidr = IPv4Network("172.16.0.0/12") {
            world.vpcs[vpcId] = Vpc(id: vpcId, regionId: region, name: "migration", cidrBlock: cidr, creationTime: created)
        }
        let vSwitchId = world.identifiers.resource("vsw")
        if let cidr = IPv4Network("172.16.0.0/20") {
            world.vSwitches[vSwitchId] = VSwitch(
                id: vSwitchId, vpcId: vpcId, zoneId: zone, name: "migration-b", cidrBlock: cidr, creationTime: created)
        }
        world.classicLinks.openVpcs.insert(vpcId)
        let groupId = world.identifiers.resource("sg")
        world.securityGroups[groupId] = SecurityGroup(
            id: groupId, regionId: region, vpcId: "", name: "legacy", description: "The classic network", creationTime: created)
        guard let type = InstanceType.named("ecs.t1.small") else { return }
        let id = world.identifiers.resource("i")
        var instance = Instance(
            id: id, regionId: region, zoneId: zone, name: "legacy-app", hostName: "legacy-app",
            serialNumber: world.identifiers.serialNumber(), imageId: VendorImages.centOS, type: type, creationTime: created,
            state: Timeline(.running, since: created), startTime: created.adding(seconds: 40), vpcId: "", vSwitchId: "",
            privateIpAddress: "10.144.17.86", internetMaxBandwidthOut: 5, securityGroupIds: [groupId])
        instance.isIOOptimized = false
        instance.assistant = .absent
        instance.publicIpAddresses = [PublicAddress.make(&world)]
        world.instances[id] = instance
        let diskId = world.identifiers.resource("d")
        world.disks[diskId] = Disk(
            id: diskId, regionId: region, zoneId: zone, kind: .system, category: .standard, size: 40,
            imageId: instance.imageId, isPortable: false, deletesWithInstance: true, creationTime: created,
            state: Timeline(.inUse, since: created),
            attachment: .init(instanceId: id, device: DeviceName.system, since: created), hasBeenAttached: true)
    }
}
