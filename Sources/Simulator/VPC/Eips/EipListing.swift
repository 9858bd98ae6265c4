import Bytes

/// Finding public addresses: DescribeEipAddresses.
enum EipListing {
    static let handlers: [String: ActionHandler] = ["DescribeEipAddresses": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion(orElse: "Forbidden.RegionNotFound")
        let type = context.parameters.text("AssociatedInstanceType")
        guard type != nil || context.parameters.text("AssociatedInstanceId") == nil else {
            throw .missing("AssociatedInstanceType")
        }
        let found = world.vpc.eips.newestFirst.filter { eip in
            let target = eip.target(at: context.now)
            return eip.regionId == region
                && context.matches([
                    ("Status", eip.state.state(at: context.now).rawValue), ("EipAddress", eip.address),
                    ("AllocationId", eip.id), ("AssociatedInstanceType", target?.kind.rawValue ?? ""),
                    ("AssociatedInstanceId", target?.id ?? ""),
                ])
        }
        let page = try Page(found, context)
        return .object(page.members("EipAddresses", "EipAddress") { $0.rendered(context) })
    }
}

extension Eip {
    /// An element of DescribeEipAddresses.
    fileprivate func rendered(_ context: ActionContext) -> JSONValue {
        let target = target(at: context.now)
        return [
            "RegionId": .string(regionId), "IpAddress": .string(address), "AllocationId": .string(id),
            "Status": .string(state.state(at: context.now).rawValue),
            "InstanceType": .string(target?.kind.rawValue ?? ""), "InstanceId": .string(target?.id ?? ""),
            "Bandwidth": .integer(bandwidth), "InternetChargeType": .string(internetChargeType),
            "OperationLocks": .list("LockReason", locks.map { ["LockReason": .string($0.rawValue)] }),
            "AllocationTime": .string(creationTime.text), "ChargeType": .string(chargeType.rawValue),
            "Name": .string(name), "Descritpion": .string(description), "BandwidthPackageId": .string(commonPackageId),
            "ExpiredTime": .string(expiredTime?.text ?? ""),
        ]
    }
}

extension World {
    /// `EipAddress` of an instance as ECS shows it.
    func renderedEip(ofInstance id: String, at now: SimulatedTime) -> JSONValue {
        guard let eip = eip(ofInstance: id, at: now) else {
            return ["AllocationId": "", "IpAddress": "", "InternetChargeType": ""]
        }
        return [
            "AllocationId": .string(eip.id), "IpAddress": .string(eip.address), "Bandwidth": .integer(eip.bandwidth),
            "InternetChargeType": .string(eip.internetChargeType), "IsSupportUnassociate": true,
        ]
    }
}
