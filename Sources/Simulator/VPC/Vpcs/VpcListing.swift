import Bytes

/// Finding VPCs: DescribeVpcs.
enum VpcListing {
    static let handlers: [String: ActionHandler] = ["DescribeVpcs": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion(orElse: "Forbidden.RegionNotFound")
        let found = world.vpcs.newestFirst.filter { vpc in
            vpc.regionId == region && context.matches([("VpcId", vpc.id)])
                && context.parameters.flag("IsDefault").map { $0 == vpc.isDefault } ?? true
        }
        let current = world
        let page = try Page(found, context)
        return .object(page.members("Vpcs", "Vpc") { $0.rendered(current, context) })
    }
}

extension Vpc {
    /// An element of DescribeVpcs.
    fileprivate func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        let vSwitchIds = world.vSwitches.all.filter { $0.vpcId == id }.map(\.id)
        return [
            "VpcId": .string(id), "RegionId": .string(regionId), "Status": .string(state.state(at: context.now).rawValue),
            "VpcName": .string(name), "VSwitchIds": .list("VSwitchId", vSwitchIds), "CidrBlock": .string(cidrBlock.text),
            "VRouterId": .string(router.id), "Description": .string(description), "CreationTime": .string(creationTime.text),
            "IsDefault": .bool(isDefault), "UserCidrs": .list("UserCidr", userCidrs.map(\.text)),
        ]
    }
}
