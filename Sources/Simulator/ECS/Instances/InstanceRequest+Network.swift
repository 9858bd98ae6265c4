extension InstanceRequest {
    /// The vSwitch, the security groups and the address, if one is asked for, of the primary interface.
    static func network(
        _ world: World, _ context: ActionContext
    ) throws(CloudError) -> (VSwitch, [String], String?) {
        let parameters = context.parameters
        let primary = parameters.structures("NetworkInterface").first { $0.text("InstanceType") == "Primary" }
        var groups = parameters.text("SecurityGroupId").map { [$0] } ?? []
        let listed = parameters.list("SecurityGroupIds")
        guard groups.isEmpty || listed.isEmpty else { throw .invalid("SecurityGroupIds") }
        groups += listed
        if let primary {
            guard groups.isEmpty, parameters.text("VSwitchId") == nil else {
                throw CloudError("InvalidParam.NetworkInterface")
            }
            groups = primary.text("SecurityGroupId").map { [$0] } ?? primary.list("SecurityGroupIds")
        }
        guard !groups.isEmpty else { throw .missing("SecurityGroupId") }
        guard let vSwitchId = primary?.text("VSwitchId") ?? parameters.text("VSwitchId") else {
            throw .missing("VSwitchId")
        }
        guard let vSwitch = world.vSwitches[vSwitchId] else {
            throw CloudError("InvalidVSwitchId.NotFound", about: "virtual switch does not exist")
        }
        for id in groups {
            guard let group = world.securityGroups[id] else { throw CloudError("InvalidSecurityGroupId.NotFound") }
            guard group.vpcId == vSwitch.vpcId else {
                throw CloudError("InvalidParameter.Mismatch", about: "not in the same VPC")
            }
        }
        let address = primary?.text("PrimaryIpAddress") ?? parameters.text("PrivateIpAddress")
        if let address {
            guard IPv4Address(address) != nil else { throw CloudError("InvalidPrivateIpAddress.Malformed") }
            guard world.isAssignable(address, in: vSwitch) else { throw CloudError("InvalidPrivateIpAddress") }
            guard !world.addresses(in: vSwitch.id).contains(address) else {
                throw CloudError("InvalidPrivateIpAddress.Duplicated")
            }
        }
        return (vSwitch, groups, address)
    }

    /// The interfaces beside the primary one.
    static func secondaryInterfaces(
        _ world: World, _ parameters: CallParameters, _ type: InstanceType, _ primary: VSwitch, _ groups: [String]
    ) throws(CloudError) -> [InterfaceRequest] {
        let wanted = parameters.structures("NetworkInterface").filter { $0.text("InstanceType") != "Primary" }
        guard wanted.count < type.interfaceQuantity || wanted.isEmpty,
            !wanted.contains(where: { $0.text("NetworkInterfaceId") != nil })
        else { throw CloudError("InvalidParam.NetworkInterface") }
        return try wanted.map { entry throws(CloudError) in
            guard let vSwitch = world.vSwitches[entry.text("VSwitchId") ?? primary.id] else {
                throw CloudError("InvalidVSwitchId.NotFound", about: "virtual switch does not exist")
            }
            guard vSwitch.zoneId == primary.zoneId, vSwitch.vpcId == primary.vpcId else {
                throw CloudError("InvalidParam.NetworkInterface")
            }
            var own = entry.text("SecurityGroupId").map { [$0] } ?? entry.list("SecurityGroupIds")
            if own.isEmpty { own = groups }
            for id in own where world.securityGroups[id]?.vpcId != vSwitch.vpcId {
                throw CloudError("InvalidSecurityGroupId.NotFound")
            }
            let address = entry.text("PrimaryIpAddress")
            if let address {
                guard world.isAssignable(address, in: vSwitch) else { throw CloudError("InvalidPrivateIpAddress") }
            }
            return InterfaceRequest(
                vSwitch: vSwitch, securityGroupIds: own, address: address, name: entry.text("NetworkInterfaceName") ?? "",
                description: entry.text("Description") ?? "", deletesOnRelease: entry.flag("DeleteOnRelease") ?? true)
        }
    }
}
