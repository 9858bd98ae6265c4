import Bytes

/// Finding HaVips: DescribeHaVips.
enum HaVipListing {
    static let handlers: [String: ActionHandler] = ["DescribeHaVips": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let found = world.vpc.haVips.newestFirst.filter { haVip in
            haVip.regionId == region
                && context.passesFilters([
                    "HaVipId": haVip.id, "VpcId": haVip.vpcId, "VSwitchId": haVip.vSwitchId,
                    "Status": haVip.state.state(at: context.now).rawValue, "HaVipAddress": haVip.address,
                ])
        }
        let current = world
        let page = try Page(clamping: found, context)
        return .object(page.members("HaVips", "HaVip") { $0.rendered(current, context) })
    }
}

extension HaVip {
    /// An element of DescribeHaVips.
    fileprivate func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        let addresses = world.eips(of: Eip.Target(kind: .haVip, id: id), at: context.now).map(\.address)
        return [
            "HaVipId": .string(id), "RegionId": .string(regionId), "VpcId": .string(vpcId), "VSwitchId": .string(vSwitchId),
            "IpAddress": .string(address), "Status": .string(state.state(at: context.now).rawValue),
            "MasterInstanceId": .string(instanceIds.first ?? ""), "Description": .string(description),
            "CreateTime": .string(creationTime.text), "AssociatedInstances": .list("associatedInstance", instanceIds),
            "AssociatedEipAddresses": .list("associatedEipAddresse", addresses),
        ]
    }
}
