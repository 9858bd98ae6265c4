import Bytes

/// Finding vSwitches: DescribeVSwitches.
enum VSwitchListing {
    static let handlers: [String: ActionHandler] = ["DescribeVSwitches": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion(orElse: "Forbidden.RegionNotFound")
        let found = world.vSwitches.newestFirst.filter { vSwitch in
            Geography.region(ofZone: vSwitch.zoneId)?.id == region
                && context.matches([("VpcId", vSwitch.vpcId), ("VSwitchId", vSwitch.id), ("ZoneId", vSwitch.zoneId)])
                && context.parameters.flag("IsDefault").map { $0 == vSwitch.isDefault } ?? true
        }
        let current = world
        let page = try Page(found, context)
        return .object(
            page.members("VSwitches", "VSwitch") { vSwitch in
                [
                    "VSwitchId": .string(vSwitch.id), "VpcId": .string(vSwitch.vpcId),
                    "Status": .string(vSwitch.state.state(at: context.now).rawValue),
                    "CidrBlock": .string(vSwitch.cidrBlock.text),
                    "ZoneId": .string(vSwitch.zoneId),
                    "AvailableIpAddressCount": .integer(vSwitch.assignableCount - current.addresses(in: vSwitch.id).count),
                    "Description": .string(vSwitch.description), "VSwitchName": .string(vSwitch.name),
                    "IsDefault": .bool(vSwitch.isDefault), "CreationTime": .string(vSwitch.creationTime.text),
                ]
            })
    }
}
