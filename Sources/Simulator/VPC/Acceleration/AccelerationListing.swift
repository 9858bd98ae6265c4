import Bytes

/// Finding global acceleration instances, also by the server that they lead to.
enum AccelerationListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeGlobalAccelerationInstances": list,
        "DescribeServerRelatedGlobalAccelerationInstances": listOfServer,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        // `Inuse` in requests is `InUse` in answers.
        let status = context.parameters.text("Status")?.lowercased()
        let found = world.vpc.accelerations.newestFirst.filter { instance in
            instance.regionId == region
                && (status.map { $0 == instance.state.state(at: context.now).rawValue.lowercased() } ?? true)
                && context.matches([
                    ("GlobalAccelerationInstanceId", instance.id), ("Name", instance.name),
                    ("ServiceLocation", instance.serviceLocation), ("ServerId", instance.server(at: context.now)?.id ?? ""),
                ])
        }
        let page = try Page(found, context)
        return .object(page.members("GlobalAccelerationInstances", "GlobalAccelerationInstance") { $0.rendered(context) })
    }

    @Sendable
    private static func listOfServer(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let id = try context.required("ServerId")
        let isLoadBalancer = context.parameters.text("ServerType") == "SlbInstance"
        let place = isLoadBalancer ? world.slb.loadBalancers[id]?.regionId : world.instances[id]?.regionId
        guard place == region else { throw CloudError("InvalidBackendServerId.NotFound") }
        let found: [JSONValue] = world.vpc.accelerations.all.compactMap { instance in
            guard let server = instance.server(at: context.now), server.id == id else { return nil }
            return [
                "GlobalAccelerationInstanceId": .string(instance.id), "IpAddress": .string(instance.address),
                "RegionId": .string(instance.regionId), "ServerIpAddress": .string(server.address),
            ]
        }
        return ["GlobalAccelerationInstances": .list("GlobalAccelerationInstance", found)]
    }
}

extension GlobalAcceleration {
    /// An element of DescribeGlobalAccelerationInstances.
    fileprivate func rendered(_ context: ActionContext) -> JSONValue {
        let servers: [JSONValue] =
            server(at: context.now).map { server in
                [
                    [
                        "RegionId": .string(server.regionId), "ServerId": .string(server.id),
                        "ServerIpAddress": .string(server.address), "ServerType": .string(server.type),
                    ]
                ]
            } ?? []
        return [
            "RegionId": .string(regionId), "GlobalAccelerationInstanceId": .string(id), "IpAddress": .string(address),
            "Status": .string(state.state(at: context.now).rawValue), "Bandwidth": .integer(bandwidth),
            "ChargeType": "PostPaid", "InternetChargeType": "PayByBandwidth",
            "ServiceLocation": .string(serviceLocation), "AccelerationLocation": .string(Self.area(of: regionId)),
            "Name": .string(name), "Description": .string(description), "CreationTime": .string(creationTime.text),
            "ExpiredTime": "", "OperationLocks": .list("LockReason", [JSONValue]()),
            "BackendServers": .list("BackendServer", servers),
        ]
    }
}
