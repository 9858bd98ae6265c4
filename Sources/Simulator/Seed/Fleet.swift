/// What exists in the simulated cloud from the beginning: a small company's machines in two zones of Hangzhou.
enum Fleet {
    static let region = "cn-hangzhou"
    static let zones = ["cn-hangzhou-h", "cn-hangzhou-i"]

    /// One machine of the fleet.
    struct Machine {
        var name: String
        var type: String
        var image = VendorImages.linux
        /// Position among the zones of the network.
        var zone = 0
        /// Which security group, by name.
        var group: String
        var environment = "production"
        /// GiB of the data disk; 0 for none.
        var data = 0
        /// Mbit/s to the Internet; above 0 the machine has a public address.
        var bandwidth = 0
        var isStopped = false
        var isSubscription = false
        /// Days since it was made.
        var age: Int64
    }

    private static let machines: [Machine] = [
        Machine(name: "bastion", type: "ecs.t5-lc1m1.small", group: "bastion", bandwidth: 5, age: 410),
        Machine(name: "db-primary", type: "ecs.r6.2xlarge", group: "database", data: 500, isSubscription: true, age: 320),
        Machine(name: "db-replica", type: "ecs.r6.2xlarge", zone: 1, group: "database", data: 500, age: 318),
        Machine(name: "cache-1", type: "ecs.r6.large", group: "database", age: 300),
        Machine(name: "web-1", type: "ecs.g6.large", group: "web", bandwidth: 20, age: 212),
        Machine(name: "web-2", type: "ecs.g6.large", zone: 1, group: "web", bandwidth: 20, age: 212),
        Machine(name: "api-1", type: "ecs.c6.xlarge", image: VendorImages.ubuntu, group: "web", age: 145),
        Machine(name: "api-2", type: "ecs.c6.xlarge", image: VendorImages.ubuntu, zone: 1, group: "web", age: 145),
        Machine(
            name: "queue-1", type: "ecs.g6.large", image: VendorImages.centOS, zone: 1, group: "database", data: 100,
            age: 90),
        Machine(
            name: "ci-runner", type: "ecs.c6.2xlarge", image: VendorImages.ubuntu, group: "bastion",
            environment: "test", data: 200, age: 40),
        Machine(
            name: "build-windows", type: "ecs.g6.xlarge", image: VendorImages.windows, zone: 1, group: "bastion",
            environment: "test", age: 33),
        Machine(
            name: "staging-1", type: "ecs.g5.large", zone: 1, group: "web", environment: "staging", isStopped: true,
            age: 21),
    ]

    /// Fills a new world of a cloud at `site` as of `now`.
    static func seed(_ world: inout World, of site: Site, at now: SimulatedTime) {
        guard site.dialect == .publicCloud else { return PrivateFleet.seed(&world, of: site, at: now) }
        world.ramRoles = ["EcsDefaultRole", "web-assets-reader", "backup-writer"]
        VendorImages.seed(&world, at: now)
        let network = FleetNetwork(&world, at: now)
        for machine in machines { add(machine, network, site, &world, now) }
        addLooseDisks(&world, now)
        addSnapshots(&world, now)
        addAsides(&world, now)
        VPCFleet.seed(&world, at: now)
        SLBFleet.seed(&world, at: now)
        ENSFleet.seed(&world, at: now)
    }

    /// What is apart from the fleet.
    private static func addAsides(_ world: inout World, _ now: SimulatedTime) {
        aside(&world) { world in
            FleetClassic.seed(&world, at: now)
            FleetEvents.seed(&world, at: now)
        }
    }

    /// Calls `body` with ids of its own, so that what it adds changes nobody else's.
    static func aside(_ world: inout World, _ body: (inout World) -> Void) {
        let identifiers = world.identifiers
        world.identifiers = IdentifierGenerator(seed: ~world.identifiers.next())
        body(&world)
        world.identifiers = identifiers
    }

    /// Adds a machine with its interface and disks.
    static func add(
        _ machine: Machine, _ network: FleetNetwork, _ site: Site, _ world: inout World, _ now: SimulatedTime
    ) {
        guard let type = site.instanceType(machine.type), let group = network.groups[machine.group],
            let vSwitch = world.vSwitches[network.vSwitchIds[machine.zone]], let address = world.freeAddress(in: vSwitch)
        else { return }
        let created = now.adding(seconds: -machine.age * 86_400)
        let id = world.identifiers.resource("i")
        var instance = Instance(
            id: id, regionId: network.region, zoneId: vSwitch.zoneId, name: machine.name, hostName: machine.name,
            serialNumber: world.identifiers.serialNumber(), imageId: machine.image, type: type, creationTime: created,
            state: Timeline(machine.isStopped ? .stopped : .running, since: created),
            startTime: created.adding(seconds: 40), vpcId: vSwitch.vpcId, vSwitchId: vSwitch.id,
            privateIpAddress: address, internetMaxBandwidthOut: machine.bandwidth, securityGroupIds: [group])
        if let image = world.images[machine.image] { instance.assistant = .init(of: image) }
        if machine.bandwidth > 0 { instance.publicIpAddresses = [PublicAddress.make(&world)] }
        if machine.isSubscription {
            instance.chargeType = .prePaid
            instance.expiredTime = created.adding(seconds: 730 * 86_400)
            instance.renewal = .init(status: "AutoRenewal", duration: 1, periodUnit: "Year")
        }
        if machine.image != VendorImages.windows { instance.keyPairName = FleetNetwork.keyPairName }
        if machine.name.hasPrefix("web") { instance.ramRoleName = "web-assets-reader" }
        world.instances[id] = instance
        world.tags.add(
            [
                ResourceTag(key: "environment", value: machine.environment),
                ResourceTag(key: "role", value: String(machine.name.prefix { $0 != "-" })),
            ],
            to: .instance, id)
        let interfaceId = world.identifiers.resource("eni")
        world.networkInterfaces[interfaceId] = NetworkInterface(
            id: interfaceId, regionId: network.region, zoneId: vSwitch.zoneId, vpcId: vSwitch.vpcId, vSwitchId: vSwitch.id,
            kind: .primary, macAddress: world.identifiers.macAddress(), primaryAddress: address,
            securityGroupIds: [group], attachedInstanceId: id, state: Timeline(.inUse, since: created),
            creationTime: created)
        addDisk(.system, size: 40, on: instance, &world, created)
        if machine.data > 0 { addDisk(.data, size: machine.data, on: instance, &world, created) }
    }

    static func addDisk(
        _ kind: Disk.Kind, size: Int, on instance: Instance, _ world: inout World, _ created: SimulatedTime
    ) {
        let id = world.identifiers.resource("d")
        let isSystem = kind == .system
        world.disks[id] = Disk(
            id: id, regionId: instance.regionId, zoneId: instance.zoneId, name: isSystem ? "" : "\(instance.name)-data",
            kind: kind,
            category: isSystem ? .standard : DiskCategory.named("cloud_ssd") ?? .standard, size: size,
            imageId: isSystem ? instance.imageId : "", isPortable: !isSystem && instance.chargeType == .postPaid,
            deletesWithInstance: isSystem, creationTime: created, state: Timeline(.inUse, since: created),
            attachment: .init(
                instanceId: instance.id, device: isSystem ? DeviceName.system : "/dev/xvdb", since: created),
            hasBeenAttached: true, chargeType: instance.chargeType)
    }

    /// Disks that are on no instance.
    private static func addLooseDisks(_ world: inout World, _ now: SimulatedTime) {
        let rows: [(name: String, size: Int, zone: Int, wasUsed: Bool)] = [
            ("archive-2023", 1000, 0, true), ("scratch", 100, 1, false),
        ]
        for row in rows {
            let created = now.adding(seconds: -60 * 86_400)
            let id = world.identifiers.resource("d")
            world.disks[id] = Disk(
                id: id, regionId: region, zoneId: zones[row.zone], name: row.name, kind: .data, category: .standard,
                size: row.size, isPortable: true, deletesWithInstance: false, creationTime: created,
                state: Timeline(.available, since: created), hasBeenAttached: row.wasUsed)
            world.tags.add([ResourceTag(key: "environment", value: "archive")], to: .disk, id)
        }
    }

    /// Snapshots of the databases' data, one of them automatic, and one of the older web server.
    private static func addSnapshots(_ world: inout World, _ now: SimulatedTime) {
        let rows: [(disk: String, name: String, days: Int64, isAutomatic: Bool)] = [
            ("db-primary-data", "db-primary-before-upgrade", 14, false),
            ("db-primary-data", "", 1, true),
            ("archive-2023", "archive-2023-final", 59, false),
        ]
        for row in rows {
            guard let disk = world.disks.all.first(where: { $0.name == row.disk }) else { continue }
            let created = now.adding(seconds: -row.days * 86_400)
            let id = world.identifiers.resource("s")
            world.snapshots[id] = Snapshot(
                id: id, regionId: region, name: row.name, sourceDiskId: disk.id, sourceDiskKind: disk.kind,
                sourceDiskSize: disk.size, isAutomatic: row.isAutomatic, creationTime: created, lastModifiedTime: created,
                retentionDays: row.isAutomatic ? 30 : nil, state: Timeline(.accomplished, since: created))
        }
    }
}
