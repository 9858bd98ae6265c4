import Bytes

/// Finding VPN gateways: DescribeVpnGateways and DescribeVpnGateway.
enum VpnGatewayListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeVpnGateways": list,
        "DescribeVpnGateway": show,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let found = world.vpc.vpnGateways.newestFirst.filter {
            $0.regionId == region
                && context.matches([
                    ("VpcId", $0.vpcId), ("Status", $0.state.state(at: context.now).rawValue), ("BusinessStatus", "Normal"),
                ])
        }
        let page = try Page(found, context)
        return .object(page.members("VpnGateways", "VpnGateway") { $0.rendered(context) })
    }

    @Sendable
    private static func show(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        try world.vpnGateway(
            try context.required("VpnGatewayId"), in: try context.knownRegion(),
            orElse: "InvalidVpnGatewayInstanceId.NotFound"
        ).rendered(context)
    }
}

extension VpnGateway {
    /// What of a gateway paid by use stands for its end: the last instant of 2099 in the cloud's own zone.
    private static let farEnd: Int64 = 4_102_416_000_000

    /// A gateway as the answers show it.
    func rendered(_ context: ActionContext) -> JSONValue {
        [
            "VpnGatewayId": .string(id), "VpcId": .string(vpcId), "VSwitchId": .string(vSwitchId),
            "InternetIp": .string(internetAddress), "CreateTime": .number("\(creationTime.milliseconds)"),
            "EndTime": .number("\(expiredTime?.milliseconds ?? Self.farEnd)"), "Spec": .string("\(bandwidth)M"),
            "Name": .string(name), "Description": .string(description),
            "Status": .string(state.state(at: context.now).rawValue), "BusinessStatus": "Normal",
        ]
    }
}
