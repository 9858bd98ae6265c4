import Bytes

/// Changing what an instance is: ModifyInstanceAttribute, ModifyInstanceVpcAttribute, its user data and release time.
enum InstanceAttributes {
    static let handlers: [String: ActionHandler] = [
        "ModifyInstanceAttribute": modify,
        "ModifyInstanceVpcAttribute": modifyVpc,
        "DescribeUserData": describeUserData,
        "ModifyInstanceAutoReleaseTime": modifyAutoRelease,
    ]

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var instance = try world.instance(try context.required("InstanceId"))
        if let name = parameters.text("InstanceName") {
            guard Naming.isResourceName(name) else { throw CloudError("InvalidInstanceName.Malformed") }
            instance.name = name
        }
        if let text = parameters["Description"] {
            guard text.isEmpty || Naming.isDescription(text) else { throw CloudError("InvalidDescription.Malformed") }
            instance.description = text
        }
        if let name = parameters.text("HostName") {
            let isWindows = world.images[instance.imageId]?.isWindows ?? false
            guard Naming.isHostName(name, windows: isWindows) else { throw CloudError("InvalidHostName.Malformed") }
            instance.hostName = name
        }
        if let data = parameters.text("UserData") {
            try UserData.check(data)
            instance.userData = data
        }
        try modifyPassword(&instance, context)
        try modifySecurityGroups(&instance, &world, parameters)
        if let protects = parameters.flag("DeletionProtection") {
            guard instance.chargeType == .postPaid || !protects else { throw CloudError("ChargeTypeViolation") }
            instance.hasDeletionProtection = protects
        }
        if let credit = parameters.text("CreditSpecification") {
            guard instance.type.isBurstable else { throw CloudError("InvalidParameter.CreditSpecification") }
            instance.creditSpecification = credit
        }
        modifyPrivateDnsName(&instance, parameters)
        world.instances[instance.id] = instance
        return .empty
    }

    private static func modifyPassword(_ instance: inout Instance, _ context: ActionContext) throws(CloudError) {
        guard let password = context.parameters.text("Password") else { return }
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard instance.state.state(at: context.now) != .starting else { throw CloudError("IncorrectInstanceStatus") }
        guard Naming.isPassword(password) else { throw CloudError("InvalidPassword.Malformed") }
        instance.hasPassword = true
    }

    private static func modifySecurityGroups(
        _ instance: inout Instance, _ world: inout World, _ parameters: CallParameters
    ) throws(CloudError) {
        let groups = parameters.list("SecurityGroupIds")
        guard !groups.isEmpty else { return }
        try check(groups, vpcId: instance.vpcId, world)
        instance.securityGroupIds = groups
        world.alignPrimaryInterface(of: instance)
    }

    private static func modifyPrivateDnsName(_ instance: inout Instance, _ parameters: CallParameters) {
        let prefix = "PrivateDnsNameOptions."
        var options = instance.privateDnsName
        options.hostnameType = parameters.text(prefix + "HostnameType") ?? options.hostnameType
        options.instanceIdRecord = parameters.flag(prefix + "EnableInstanceIdDnsARecord") ?? options.instanceIdRecord
        options.instanceIdIPv6Record =
            parameters.flag(prefix + "EnableInstanceIdDnsAAAARecord") ?? options.instanceIdIPv6Record
        options.ipRecord = parameters.flag(prefix + "EnableIpDnsARecord") ?? options.ipRecord
        options.ipPointerRecord = parameters.flag(prefix + "EnableIpDnsPtrRecord") ?? options.ipPointerRecord
        instance.privateDnsName = options
    }

    @Sendable
    private static func modifyVpc(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var instance = try world.instance(try context.required("InstanceId"))
        guard let vSwitch = world.vSwitches[try context.required("VSwitchId")] else {
            throw CloudError("InvalidVSwitchId.NotFound")
        }
        guard instance.state.state(at: context.now) == .stopped, instance.startTime != nil else {
            throw CloudError("IncorrectInstanceStatus")
        }
        guard !instance.changedAddressSinceStop else { throw CloudError("InvalidPrivateIp.Changing") }
        guard vSwitch.zoneId == instance.zoneId else { throw CloudError("InvalidVSwitchId.Mismatch") }
        let groups = parameters.list("SecurityGroupId")
        if let vpc = parameters.text("VpcId"), vpc != instance.vpcId {
            guard vSwitch.vpcId == vpc else { throw CloudError("InvalidVSwitch.NotBelongToVpc") }
            guard !groups.isEmpty else { throw .missing("SecurityGroupId") }
        } else {
            guard vSwitch.vpcId == instance.vpcId else {
                throw CloudError("InvalidVSwitchId.NotFound", about: "not found in current VPC")
            }
        }
        if !groups.isEmpty {
            try check(groups, vpcId: vSwitch.vpcId, world)
            instance.securityGroupIds = groups
        }
        instance.privateIpAddress = try address(for: instance, in: vSwitch, world, parameters)
        instance.vpcId = vSwitch.vpcId
        instance.vSwitchId = vSwitch.id
        instance.changedAddressSinceStop = true
        world.instances[instance.id] = instance
        for interface in world.interfaces(of: instance.id, at: context.now) where interface.kind == .primary {
            world.networkInterfaces[interface.id]?.primaryAddress = instance.privateIpAddress
            world.networkInterfaces[interface.id]?.vSwitchId = vSwitch.id
            world.networkInterfaces[interface.id]?.vpcId = vSwitch.vpcId
        }
        world.alignPrimaryInterface(of: instance)
        return .empty
    }

    private static func address(
        for instance: Instance, in vSwitch: VSwitch, _ world: World, _ parameters: CallParameters
    ) throws(CloudError) -> String {
        guard let wanted = parameters.text("PrivateIpAddress") else {
            guard let free = world.freeAddress(in: vSwitch) else { throw CloudError("IncorrectVSwitchStatus") }
            return free
        }
        guard IPv4Address(wanted) != nil else { throw CloudError("InvalidPrivateIpAddress.Malformed") }
        guard world.isAssignable(wanted, in: vSwitch) else { throw CloudError("InvalidPrivateIpAddress.Mismatch") }
        guard !world.addresses(in: vSwitch.id).contains(wanted) else {
            throw CloudError("InvalidPrivateIpAddress.Duplicated")
        }
        return wanted
    }

    private static func check(_ groups: [String], vpcId: String, _ world: World) throws(CloudError) {
        for id in groups {
            guard let group = world.securityGroups[id], group.vpcId == vpcId else {
                throw CloudError("InvalidSecurityGroupId.NotFound")
            }
        }
    }

    @Sendable
    private static func describeUserData(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let instance = try world.instance(try context.required("InstanceId"))
        guard instance.regionId == region else { throw CloudError("InvalidInstanceId.NotFound") }
        return [
            "RegionId": .string(region), "InstanceId": .string(instance.id), "UserData": .string(instance.userData),
        ]
    }

    @Sendable
    private static func modifyAutoRelease(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var instance = try world.instance(try context.required("InstanceId"))
        guard instance.chargeType == .postPaid else { throw CloudError("ChargeTypeViolation") }
        instance.autoReleaseTime = nil
        if context.parameters.text("AutoReleaseTime") != nil { instance.autoReleaseTime = try AutoRelease.time(context) }
        world.instances[instance.id] = instance
        return .empty
    }
}
