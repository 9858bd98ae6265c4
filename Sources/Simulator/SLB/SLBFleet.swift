/// What exists of the product from the beginning: a public load balancer before the web servers, a private one before the
/// API, and who may come from the office.
enum SLBFleet {
    static func seed(_ world: inout World, at now: SimulatedTime) {
        let created = now.adding(seconds: -200 * 86_400)
        let list = SLB.AccessControlList(
            id: world.identifiers.resource("acl"), regionId: Fleet.region, name: "office", ipVersion: "ipv4",
            entries: [.init(block: "203.0.113.0/24", comment: "office"), .init(block: "198.51.100.7/32", comment: "vpn")])
        world.slb.accessControlLists[list.id] = list
        addPublic(&world, created)
        addPrivate(&world, created, list)
    }

    private static func addPublic(_ world: inout World, _ created: SimulatedTime) {
        let id = world.identifiers.resource("lb")
        world.slb.loadBalancers[id] = SLB.LoadBalancer(
            id: id, regionId: Fleet.region, name: "web-public", addressType: .internet, address: PublicAddress.make(&world),
            masterZoneId: Fleet.zones[0], slaveZoneId: Fleet.zones[1], spec: "slb.s2.small", charge: .init(),
            creationTime: created, hasDeleteProtection: true,
            servers: servers(["web-1", "web-2"], port: nil, world, created))
        world.slb.tags[SLB.TagKey(kind: .instance, id: id)] = [ResourceTag(key: "environment", value: "production")]
        add(.http, 80, to: id, ["BackendServerPort": "80", "HealthCheckURI": "/healthz"], &world, created)
    }

    private static func addPrivate(_ world: inout World, _ created: SimulatedTime, _ list: SLB.AccessControlList) {
        guard let vSwitch = world.vSwitches.all.first(where: { $0.zoneId == Fleet.zones[0] }),
            let address = world.freeAddress(in: vSwitch)
        else { return }
        let id = world.identifiers.resource("lb")
        world.slb.loadBalancers[id] = SLB.LoadBalancer(
            id: id, regionId: Fleet.region, name: "api-internal", addressType: .intranet, address: address, vpcId: vSwitch.vpcId,
            vSwitchId: vSwitch.id, masterZoneId: Fleet.zones[0], slaveZoneId: Fleet.zones[1], spec: "slb.s1.small",
            charge: .init(), creationTime: created)
        world.slb.tags[SLB.TagKey(kind: .instance, id: id)] = [ResourceTag(key: "environment", value: "production")]
        let group = SLB.ServerGroup(
            id: world.identifiers.resource("rsp"), kind: .vServer, loadBalancerId: id, regionId: Fleet.region, name: "api",
            servers: servers(["api-1", "api-2"], port: 8080, world, created))
        world.slb.serverGroups[group.id] = group
        add(.tcp, 8080, to: id, ["VServerGroupId": group.id, "AclStatus": "on", "AclId": list.id], &world, created)
    }

    private static func servers(
        _ names: [String], port: Int?, _ world: World, _ created: SimulatedTime
    ) -> [SLB.BackendServer] {
        names.compactMap { name in
            world.instances.all.first { $0.name == name }.map {
                SLB.BackendServer(id: $0.id, kind: .ecs, port: port, description: name, addedTime: created)
            }
        }
    }

    /// A running listener with the settings of a new one and a few others.
    private static func add(
        _ proto: SLB.Listener.Proto, _ port: Int, to id: String, _ settings: [String: String], _ world: inout World,
        _ created: SimulatedTime
    ) {
        var listener = SLB.Listener(
            loadBalancerId: id, port: port, proto: proto, creationTime: created, state: Timeline(.running, since: created))
        for setting in SLB.ListenerSetting.all(of: proto) { listener[setting.name] = settings[setting.name] ?? setting.initial }
        world.slb.listeners[listener.key.text] = listener
    }
}
