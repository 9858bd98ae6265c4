import Bytes

extension SLB {
    /// Finding load balancers: DescribeLoadBalancers and DescribeLoadBalancerAttribute.
    enum LoadBalancerListing {
        static let handlers: [String: ActionHandler] = [
            "DescribeLoadBalancers": list,
            "DescribeLoadBalancerAttribute": describe,
        ]

        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.requiredRegion()
            guard context.parameters.text("PageSize") == nil || context.parameters.text("PageNumber") != nil else {
                throw .missing("PageNumber")
            }
            let filter = try LoadBalancerFilter(world, context)
            let found = world.slb.loadBalancers.newestFirst.filter { $0.regionId == region && filter.matches($0) }
            let page = try Page(found, context, defaultSize: 50)
            let current = world
            return .object(page.members("LoadBalancers", "LoadBalancer") { row($0, current, context.now) })
        }

        private static func row(_ found: LoadBalancer, _ world: World, _ now: SimulatedTime) -> JSONValue {
            let tags = world.slb.tags[TagKey(kind: .instance, id: found.id)] ?? []
            return .object(
                found.commonMembers(at: now) + [
                    .init("Bandwidth", .integer(found.charge.bandwidth)),
                    .init("InternetChargeType", .string(found.charge.code)),
                    .init("InternetChargeTypeAlias", .string(found.charge.name)),
                    .init("Tags", .list("Tag", tags.map { ["TagKey": .string($0.key), "TagValue": .string($0.value)] })),
                ])
        }

        @Sendable
        private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try world.slb.loadBalancer(context)
            let listeners = world.slb.listeners(of: found.id).sorted {
                ($0.port, $0.proto.rawValue) < ($1.port, $1.proto.rawValue)
            }
            let end = found.endTime?.milliseconds ?? endless
            var members =
                found.commonMembers(at: context.now) + [
                    .init("InternetChargeType", .string(found.charge.name)),
                    .init("EndTime", .string(SimulatedTime(milliseconds: end).text)), .init("EndTimeStamp", .number("\(end)")),
                    .init("ListenerPorts", .list("ListenerPort", Set(listeners.map(\.port)).sorted().map { .integer($0) })),
                    .init(
                        "ListenerPortsAndProtocal",
                        .list(
                            "ListenerPortAndProtocal",
                            listeners.map {
                                ["ListenerPort": .integer($0.port), "ListenerProtocal": .string($0.proto.rawValue)]
                            })),
                    .init("ListenerPortsAndProtocol", .list("ListenerPortAndProtocol", listeners.map(port))),
                    .init(
                        "BackendServers",
                        .list(
                            "BackendServer",
                            found.servers.map {
                                .object([
                                    .init("ServerId", .string($0.id)), .init("Type", .string($0.kind.rawValue)),
                                    .init("Weight", .integer($0.weight)), .init("Description", .string($0.description)),
                                ])
                            })),
                ]
            if found.charge.isByBandwidth { members.append(.init("Bandwidth", .integer(found.charge.bandwidth))) }
            if found.payType == .prePay { members.append(.init("RenewalStatus", "Normal")) }
            return .object(members)
        }

        /// The end of what has none, as the cloud writes it.
        private static let endless: Int64 = 32_493_801_600_000

        private static func port(_ listener: Listener) -> JSONValue {
            var members: [JSONValue.Member] = [
                .init("ListenerPort", .integer(listener.port)), .init("ListenerProtocol", .string(listener.proto.rawValue)),
                .init("Description", .string(listener["Description"] ?? "")),
            ]
            if listener.proto == .http {
                members.append(.init("ListenerForward", .string(listener["ListenerForward"] ?? "off")))
                if let port = listener.number("ForwardPort") { members.append(.init("ForwardPort", .integer(port))) }
            }
            return .object(members)
        }
    }
}

extension SLB.LoadBalancer {
    /// The members that lists and single answers have alike.
    fileprivate func commonMembers(at now: SimulatedTime) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("LoadBalancerId", .string(id)), .init("LoadBalancerName", .string(name)),
            .init("LoadBalancerStatus", .string(status(at: now).rawValue)), .init("Address", .string(address)),
            .init("AddressType", .string(addressType.rawValue)), .init("AddressIPVersion", .string(ipVersion)),
            .init("NetworkType", .string(networkType)), .init("VpcId", .string(vpcId)), .init("VSwitchId", .string(vSwitchId)),
            .init("RegionId", .string(regionId)), .init("RegionIdAlias", .string(regionAlias)),
            .init("MasterZoneId", .string(masterZoneId)), .init("SlaveZoneId", .string(slaveZoneId)),
            .init("LoadBalancerSpec", .string(spec)), .init("PayType", .string(payType.rawValue)),
            .init("InstanceChargeType", .string(instanceChargeType)), .init("CreateTime", .string(creationTime.text)),
            .init("CreateTimeStamp", .number("\(creationTime.milliseconds)")),
            .init("ResourceGroupId", .string(resourceGroupId)),
            .init("DeleteProtection", .string(hasDeleteProtection ? "on" : "off")),
            .init("ModificationProtectionStatus", .string(hasModificationProtection ? "ConsoleProtection" : "NonProtection")),
        ]
        if hasModificationProtection {
            members.append(.init("ModificationProtectionReason", .string(modificationProtectionReason)))
        }
        return members
    }
}
