/// What exists in the private cloud from the beginning: the systems of one works in two zones of Qingdao.
enum PrivateFleet {
    private static let machines: [Fleet.Machine] = [
        .init(name: "erp-1", type: "ecs.g5.xlarge", group: "web", age: 240),
        .init(name: "erp-2", type: "ecs.g5.xlarge", group: "web", age: 240),
        .init(name: "erp-database", type: "ecs.se1ne.2xlarge", group: "database", data: 500, age: 238),
        .init(name: "archive-1", type: "ecs.d1.2xlarge", zone: 1, group: "database", data: 1000, age: 120),
        .init(name: "line-control", type: "ecs.n4.large", image: VendorImages.centOS, zone: 1, group: "web", age: 75),
        .init(name: "gateway-1", type: "ecs.n4.small", group: "bastion", age: 75),
        .init(
            name: "trial-1", type: "ecs.n4.small", image: VendorImages.ubuntu, group: "bastion", environment: "test",
            isStopped: true, age: 12),
    ]

    /// Fills a new world of a cloud at `site` as of `now`.
    static func seed(_ world: inout World, of site: Site, at now: SimulatedTime) {
        guard let region = site.geography.regions.first, let zone = region.zones.first else { return }
        world.ramRoles = ["AliyunECSImageImportDefaultRole", "AliyunECSImageExportDefaultRole", "erp-files"]
        VendorImages.seed(&world, at: now)
        // The private cloud runs on one architecture.
        world.images[VendorImages.arm] = nil
        let network = FleetNetwork(&world, region: region.id, zones: region.zones, at: now)
        for machine in machines { Fleet.add(machine, network, site, &world, now) }
        addDeploymentSet(&world, region, zone, now)
        addDisks(&world, region, zone, now)
        addClassicMachine(&world, region, site, now)
    }

    /// A machine from before there were VPCs here.
    private static func addClassicMachine(_ world: inout World, _ region: Region, _ site: Site, _ now: SimulatedTime) {
        guard let zone = region.zones.last, let type = site.instanceType("ecs.s2.large") else { return }
        let created = now.adding(seconds: -1_900 * 86_400)
        let groupId = world.identifiers.resource("sg")
        world.securityGroups[groupId] = SecurityGroup(
            id: groupId, regionId: region.id, vpcId: "", name: "classic", description: "The classic network",
            creationTime: created)
        let id = world.identifiers.resource("i")
        var instance = Instance(
            id: id, regionId: region.id, zoneId: zone, name: "weighbridge", hostName: "weighbridge",
            serialNumber: world.identifiers.serialNumber(), imageId: VendorImages.centOS, type: type, creationTime: created,
            state: Timeline(.running, since: created), startTime: created.adding(seconds: 40), vpcId: "", vSwitchId: "",
            privateIpAddress: "10.24.8.31", securityGroupIds: [groupId])
        instance.isIOOptimized = false
        world.instances[id] = instance
        Fleet.aside(&world) { Fleet.addDisk(.system, size: 40, on: instance, &$0, created) }
    }

    /// The two machines of the same purpose are kept on hosts of their own.
    private static func addDeploymentSet(_ world: inout World, _ region: Region, _ zone: String, _ now: SimulatedTime) {
        let id = world.identifiers.resource("ds")
        let set = DeploymentSet(
            id: id, regionId: region.id, zoneId: zone, name: "erp", description: "one host each",
            domain: .standard, granularity: .host, strategy: .strictDispersion,
            creationTime: now.adding(seconds: -241 * 86_400))
        world.apsara.deploymentSets[id] = set
        for instance in world.instances.all where instance.name.hasPrefix("erp-") && instance.type.id == "ecs.g5.xlarge" {
            try? world.place(instance.id, in: set)
        }
    }

    /// A disk that is on no instance, and snapshots of what matters.
    private static func addDisks(_ world: inout World, _ region: Region, _ zone: String, _ now: SimulatedTime) {
        let created = now.adding(seconds: -60 * 86_400)
        let id = world.identifiers.resource("d")
        world.disks[id] = Disk(
            id: id, regionId: region.id, zoneId: zone, name: "measurements-2019", kind: .data,
            category: .standard, size: 200, isPortable: true, deletesWithInstance: false, creationTime: created,
            state: Timeline(.available, since: created), hasBeenAttached: true)
        for disk in world.disks.all where ["measurements-2019", "erp-database-data"].contains(disk.name) {
            let id = world.identifiers.resource("s")
            world.snapshots[id] = Snapshot(
                id: id, regionId: region.id, name: "\(disk.name)-monthly", sourceDiskId: disk.id,
                sourceDiskKind: disk.kind, sourceDiskSize: disk.size, creationTime: now.adding(seconds: -9 * 86_400),
                lastModifiedTime: now.adding(seconds: -9 * 86_400),
                state: Timeline(.accomplished, since: now.adding(seconds: -9 * 86_400)))
        }
    }
}
