extension SLB {
    /// What a call asks of a new load balancer, checked in the order in which the cloud answers.
    struct LoadBalancerRequest {
        let context: ActionContext
        let region: Region
        let vSwitch: VSwitch?
        let addressType: LoadBalancer.AddressType
        let ipVersion: String
        let payType: LoadBalancer.PayType
        let instanceChargeType: String
        let charge: LoadBalancer.Charge
        let spec: String

        /// Regions whose load balancers may have IPv6 addresses.
        private static let ipv6Regions: Set = ["cn-hangzhou", "cn-beijing", "cn-shanghai", "cn-shenzhen"]

        init(_ world: World, _ context: ActionContext) throws(CloudError) {
            self.context = context
            let parameters = context.parameters
            guard let region = Geography.region(try context.requiredRegion()) else {
                throw CloudError("InvalidRegionId.NotFound")
            }
            self.region = region
            vSwitch = try Self.vSwitch(world, region, parameters)
            // A vSwitch makes it private, whatever else the call says.
            addressType = vSwitch == nil ? .internet : .intranet
            ipVersion = parameters.text("AddressIPVersion") ?? "ipv4"
            if ipVersion == "ipv6" {
                guard addressType == .internet else { throw CloudError("InvalidParameter.Mismatch") }
                guard Self.ipv6Regions.contains(region.id) else { throw CloudError("RegionOrZonesNotSupportIpv6") }
            }
            payType = parameters.text("PayType") == "PrePay" ? .prePay : .payOnDemand
            instanceChargeType = payType == .prePay ? "PayBySpec" : parameters.text("InstanceChargeType") ?? "PayBySpec"
            charge = try Self.charge(parameters, payType, instanceChargeType, addressType)
            spec = instanceChargeType == "PayByCLCU" ? "" : parameters.text("LoadBalancerSpec") ?? ""
            // Instances of shared performance, which those without a specification are, are not sold any more.
            guard instanceChargeType == "PayByCLCU" || !spec.isEmpty else { throw CloudError("ShareSlbHaltSales") }
        }

        private static func vSwitch(
            _ world: World, _ region: Region, _ parameters: CallParameters
        ) throws(CloudError) -> VSwitch? {
            let vpcId = parameters.text("VpcId")
            if let vpcId, world.vpcs[vpcId]?.regionId != region.id { throw CloudError("InvalidVpcId.NotExist") }
            guard let id = parameters.text("VSwitchId") else {
                guard vpcId == nil, parameters.text("AddressType") != "intranet" else {
                    throw CloudError("MissingParam.VSwitchId")
                }
                return nil
            }
            guard let vSwitch = world.vSwitches[id], region.zones.contains(vSwitch.zoneId) else {
                throw CloudError("VSwitchNotExist")
            }
            guard vpcId == nil || vpcId == vSwitch.vpcId else { throw CloudError("InvalidVSwitchId.NotFound") }
            return vSwitch
        }

        private static func charge(
            _ parameters: CallParameters, _ payType: LoadBalancer.PayType, _ instanceChargeType: String,
            _ addressType: LoadBalancer.AddressType
        ) throws(CloudError) -> LoadBalancer.Charge {
            let isByBandwidth = parameters.text("InternetChargeType") == "paybybandwidth"
            if payType == .prePay {
                if addressType == .internet, !isByBandwidth { throw CloudError("Operation.NotAllowed", about: "internet prepay") }
                if addressType == .intranet, isByBandwidth { throw CloudError("Operation.NotAllowed", about: "intranet prepay") }
            }
            if isByBandwidth, instanceChargeType == "PayByCLCU" { throw CloudError("Instance.InternetChargeTypeNotAllowed") }
            guard isByBandwidth, addressType == .internet else { return LoadBalancer.Charge() }
            guard let bandwidth = parameters.integer("Bandwidth") else { throw CloudError("InvalidParameter.Bandwidth") }
            return LoadBalancer.Charge(isByBandwidth: true, bandwidth: bandwidth)
        }

        /// The primary and the backup zone.
        func zones() throws(CloudError) -> (master: String, slave: String) {
            let named = [context.parameters.text("MasterZoneId"), context.parameters.text("SlaveZoneId")]
            for zone in named.compactMap({ $0 }) where !region.zones.contains(zone) {
                throw CloudError("PRODUCT.NOT_AVAILABLE_IZ")
            }
            guard named[0] == nil || named[0] != named[1] else { throw CloudError("PRODUCT.NOT_AVAILABLE_IZ") }
            let own = vSwitch?.zoneId ?? region.zones.first { $0 != named[1] } ?? ""
            let master = named[0] ?? (own == named[1] ? region.zones.first { $0 != named[1] } ?? own : own)
            return (master, named[1] ?? region.zones.first { $0 != master } ?? master)
        }

        /// How long the subscription lasts; nil for other instances.
        func end() throws(CloudError) -> SimulatedTime? {
            guard payType == .prePay else { return nil }
            return try SLB.endOfSubscription(context)
        }

        /// The private address that the call names, or the lowest free one.
        func privateAddress(_ world: World, in vSwitch: VSwitch) throws(CloudError) -> String {
            guard let wanted = context.parameters.text("Address") else {
                guard let free = world.freeAddress(in: vSwitch) else { throw CloudError("VSwitchAvailableIpNotExist") }
                return free
            }
            guard let number = IPv4Address(wanted), vSwitch.cidrBlock.contains(number) else {
                throw CloudError("InvalidParameter", about: "not in subnet")
            }
            guard world.isAssignable(wanted, in: vSwitch) else {
                throw CloudError("InvalidParameter", about: "Ip is not Supported")
            }
            guard !world.addresses(in: vSwitch.id).contains(wanted) else {
                throw CloudError("InvalidParameter", about: "vpc Ip is exist")
            }
            return wanted
        }
    }

    /// When a subscription that a call orders will be over: `Duration` months or years from now.
    static func endOfSubscription(_ context: ActionContext) throws(CloudError) -> SimulatedTime {
        let parameters = context.parameters
        guard let duration = parameters.integer("Duration") else { throw .missing("Duration") }
        let isYearly = parameters.text("PricingCycle") == "year"
        guard (1...(isYearly ? 3 : 9)).contains(duration) else { throw CloudError("ORDER.PERIOD_INVALID") }
        return context.now.adding(seconds: Int64(duration * (isYearly ? 365 : 30)) * 86_400)
    }
}
