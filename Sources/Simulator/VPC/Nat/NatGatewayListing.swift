import Bytes

/// Finding NAT gateways: DescribeNatGateways.
enum NatGatewayListing {
    static let handlers: [String: ActionHandler] = ["DescribeNatGateways": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let current = world
        let found = world.vpc.natGateways.newestFirst.filter {
            $0.regionId == region && context.matches([("NatGatewayId", $0.id), ("VpcId", $0.vpcId)])
        }
        let page = try Page(found, context)
        return .object(
            page.members("NatGateways", "NatGateway") { gateway in
                [
                    "NatGatewayId": .string(gateway.id), "RegionId": .string(gateway.regionId), "VpcId": .string(gateway.vpcId),
                    "Name": .string(gateway.name), "Description": .string(gateway.description), "Spec": .string(gateway.spec),
                    "Status": .string(gateway.state.state(at: context.now).rawValue),
                    "ForwardTableIds": .list("ForwardTableId", [gateway.forwardTableId]),
                    "SnatTableIds": .list("SnatTableId", [gateway.snatTableId]),
                    "BandwidthPackageIds": .list(
                        "BandwidthPackageId", current.bandwidthPackages(ofGateway: gateway.id).map(\.id)),
                    "InstanceChargeType": "PostPaid", "BusinessStatus": "Normal",
                    "CreationTime": .string(gateway.creationTime.text),
                ]
            })
    }
}
