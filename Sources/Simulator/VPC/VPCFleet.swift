/// What exists of the product from the beginning: the routers of the company's networks, its public addresses, and a second
/// network for the office with a NAT gateway, a VPN and a leased line.
enum VPCFleet {
    static func seed(_ world: inout World, at now: SimulatedTime) {
        for vpc in world.vpcs.all { world.addRouter(toVpc: vpc.id) }
        addAddresses(&world, now)
        guard let office = addOffice(&world, now) else { return }
        addNat(&world, office, now)
        addVpn(&world, office, now)
        addLine(&world, now)
    }

    /// An address in use by an instance and a free one, both in a common bandwidth package.
    private static func addAddresses(_ world: inout World, _ now: SimulatedTime) {
        let created = now.adding(seconds: -140 * 86_400)
        let packageId = world.identifiers.resource("cbwp")
        world.vpc.commonPackages[packageId] = CommonBandwidthPackage(
            id: packageId, regionId: Fleet.region, name: "production", bandwidth: 100,
            internetChargeType: "PayByBandwidth", ratio: 100, creationTime: created)
        let instance = world.instances.all.first { $0.name == "api-1" }
        for target in [instance.map { Eip.Target(kind: .ecsInstance, id: $0.id) }, nil] {
            let id = addEip(&world, bandwidth: 20, target: target, created)
            world.vpc.eips[id]?.commonPackageId = packageId
        }
    }

    private static func addEip(
        _ world: inout World, bandwidth: Int, target: Eip.Target?, _ created: SimulatedTime
    ) -> String {
        let id = world.identifiers.resource("eip")
        world.vpc.eips[id] = Eip(
            id: id, regionId: Fleet.region, address: PublicAddress.make(&world), bandwidth: bandwidth,
            internetChargeType: "PayByTraffic", chargeType: .postPaid, expiredTime: nil, creationTime: created,
            state: Timeline(target == nil ? .available : .inUse, since: created), boundTarget: target)
        return id
    }

    private static func addOffice(_ world: inout World, _ now: SimulatedTime) -> (vpc: Vpc, vSwitch: VSwitch)? {
        let created = now.adding(seconds: -95 * 86_400)
        guard let block = IPv4Network("10.8.0.0/16"), let own = IPv4Network("10.8.1.0/24") else { return nil }
        let vpcId = world.identifiers.resource("vpc")
        world.vpcs[vpcId] = Vpc(
            id: vpcId, regionId: Fleet.region, name: "office", description: "Network of the office", cidrBlock: block,
            creationTime: created)
        world.addRouter(toVpc: vpcId)
        let vSwitch = VSwitch(
            id: world.identifiers.resource("vsw"), vpcId: vpcId, zoneId: Fleet.zones[0], name: "office-h", cidrBlock: own,
            creationTime: created)
        world.vSwitches[vSwitch.id] = vSwitch
        return world.vpcs[vpcId].map { ($0, vSwitch) }
    }

    /// Everybody in the office goes out through one address; another leads to a server there.
    private static func addNat(_ world: inout World, _ office: (vpc: Vpc, vSwitch: VSwitch), _ now: SimulatedTime) {
        let created = now.adding(seconds: -94 * 86_400)
        let gateway = NatGateway(
            id: world.identifiers.resource("ngw"), regionId: Fleet.region, vpcId: office.vpc.id, name: "office",
            forwardTableId: world.identifiers.resource("ftb"), snatTableId: world.identifiers.resource("stb"),
            creationTime: created, state: Timeline(.available, since: created))
        world.vpc.natGateways[gateway.id] = gateway
        if let everything = RouteEntry.everything {
            world.vpc.routeTables[office.vpc.router.routeTableId]?.entries.append(
                RouteEntry(
                    destination: everything, hops: [.init(kind: .natGateway, id: gateway.id)], isMultipath: false,
                    state: Timeline(.available, since: created)))
        }
        let ids = (0..<2).map { _ in
            addEip(&world, bandwidth: 10, target: Eip.Target(kind: .nat, id: gateway.id), created)
        }
        let addresses = ids.compactMap { world.vpc.eips[$0]?.address }
        guard addresses.count == 2 else { return }
        let snatId = world.identifiers.resource("snat")
        world.vpc.snatEntries[snatId] = SnatEntry(
            id: snatId, tableId: gateway.snatTableId, vSwitchId: office.vSwitch.id, cidrBlock: office.vSwitch.cidrBlock,
            addresses: [addresses[0]], state: Timeline(.available, since: created))
        let forwardId = world.identifiers.resource("fwd")
        world.vpc.forwardEntries[forwardId] = ForwardEntry(
            id: forwardId, tableId: gateway.forwardTableId, externalIp: addresses[1], externalPort: "443",
            ipProtocol: "tcp", internalIp: "10.8.1.10", internalPort: "8443", state: Timeline(.available, since: created))
    }

    private static func addVpn(_ world: inout World, _ office: (vpc: Vpc, vSwitch: VSwitch), _ now: SimulatedTime) {
        let created = now.adding(seconds: -60 * 86_400)
        let gateway = VpnGateway(
            id: world.identifiers.resource("vpn"), regionId: Fleet.region, vpcId: office.vpc.id,
            vSwitchId: office.vSwitch.id, name: "office", internetAddress: PublicAddress.make(&world),
            intranetAddress: world.freeAddress(in: office.vSwitch) ?? "", bandwidth: 10, creationTime: created,
            expiredTime: nil, state: Timeline(.active, since: created))
        world.vpc.vpnGateways[gateway.id] = gateway
        let customer = CustomerGateway(
            id: world.identifiers.resource("cgw"), regionId: Fleet.region, name: "headquarters", address: "203.0.113.7",
            creationTime: created)
        world.vpc.customerGateways[customer.id] = customer
        let connectionId = world.identifiers.resource("vco")
        world.vpc.vpnConnections[connectionId] = VpnConnection(
            id: connectionId, regionId: Fleet.region, vpnGatewayId: gateway.id, customerGatewayId: customer.id,
            name: "headquarters", localSubnet: office.vpc.cidrBlock.text, remoteSubnet: "192.168.20.0/24",
            takesEffectAtOnce: true,
            ike: IkeConfiguration(
                key: String(world.identifiers.resource("key").suffix(16)), localId: gateway.internetAddress,
                remoteId: customer.address),
            creationTime: created, state: Timeline(.established, since: created))
    }

    /// A line in use.
    private static func addLine(_ world: inout World, _ now: SimulatedTime) {
        let created = now.adding(seconds: -50 * 86_400)
        guard let point = Geography.region(Fleet.region).map(AccessPoint.all)?.first else { return }
        let lineId = world.identifiers.resource("pc")
        world.vpc.physicalConnections[lineId] = PhysicalConnection(
            id: lineId, regionId: Fleet.region, accessPointId: point.id, lineOperator: "CT",
            peerLocation: "Hangzhou, 1 Example Road", bandwidth: 1000, name: "headquarters", portNumber: "12",
            creationTime: created, enabledTime: created, state: Timeline(.enabled, since: created))
    }
}
