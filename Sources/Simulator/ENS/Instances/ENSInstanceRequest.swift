import Bytes

/// What CreateInstance asks for, checked.
struct ENSInstanceRequest {
    let node: ENSNode
    let spec: ENSInstanceSpec
    let image: ENSImage
    let count: Int
    let months: Int
    let systemDisk: Int
    /// GiB; nil without a data disk.
    let dataDisk: Int?
    let name: String?
    let hostName: String?
    /// Whether names get numbers from 001 on.
    let numbersNames: Bool
    let renewalMonths: Int?
    let bandwidthChargeType: String
    let vSwitch: ENSVSwitch?
    /// The private address that the only instance is to have.
    let privateAddress: String?
    let hasPublicAddress: Bool
    let hasIPv6: Bool
    let keyPairName: String
    let hasPassword: Bool

    init(_ world: World, _ context: ActionContext) throws(CloudError) {
        let parameters = context.parameters
        node = try context.requiredNode()
        guard let spec = ENSInstanceSpec.named(try context.required("InstanceType")) else {
            throw CloudError("InvalidInstanceType")
        }
        guard let image = ENSImage.named(try context.required("ImageId")) else { throw CloudError("InvalidImageId") }
        (self.spec, self.image) = (spec, image)
        count = parameters.integer("Quantity") ?? 1
        months = parameters.integer("Period") ?? 1
        (systemDisk, dataDisk) = try Self.disks(image, parameters)
        (name, hostName) = try Self.names(image, parameters)
        numbersNames = parameters.flag("UniqueSuffix") ?? false
        renewalMonths = try Self.renewal(parameters)
        guard let chargeType = world.ens.bandwidthChargeType ?? parameters.text("InternetChargeType") else {
            throw CloudError("MissingInternetChargeType")
        }
        bandwidthChargeType = chargeType
        let place = try Self.place(world, node, count, context)
        (vSwitch, privateAddress) = (place.vSwitch, place.address)
        hasPublicAddress = parameters.flag("PublicIpIdentification") ?? (place.vSwitch == nil)
        let ipType = parameters.text("IpType") ?? "ipv4"
        hasIPv6 = ipType != "ipv4"
        guard !hasIPv6 || node.supportsIPv6 else { throw CloudError("InvalidIpType") }
        keyPairName = parameters.text("KeyPairName") ?? ""
        guard keyPairName.isEmpty || world.ens.keyPairs[keyPairName] != nil else { throw CloudError("InvalidKeyPairName") }
        hasPassword = try Self.password(parameters)
        try Self.checkUserData(parameters)
    }

    /// GiB of the system disk and of the data disk; both in tens.
    private static func disks(_ image: ENSImage, _ parameters: CallParameters) throws(CloudError) -> (Int, Int?) {
        let system = parameters.integer("SystemDisk.Size") ?? max(image.size, ENSInstanceSpec.systemDisk.lowerBound)
        guard ENSInstanceSpec.systemDisk.contains(system), system.isMultiple(of: 10), system >= image.size else {
            throw CloudError("InvalidSystemDisk.Size")
        }
        guard let data = parameters.integer("DataDisk.1.Size") else { return (system, nil) }
        guard ENSInstanceSpec.dataDisk.contains(data), data.isMultiple(of: 10) else {
            throw CloudError("InvalidDataDisk.1.Size")
        }
        return (system, data)
    }

    private static func names(_ image: ENSImage, _ parameters: CallParameters) throws(CloudError) -> (String?, String?) {
        let name = parameters.text("InstanceName")
        if let name, !Naming.isResourceName(name) { throw CloudError("InvalidInstanceName") }
        let hostName = parameters.text("HostName")
        if let hostName, !Naming.isHostName(hostName, windows: image.isWindows) { throw CloudError("InvalidHostName") }
        return (name, hostName)
    }

    private static func renewal(_ parameters: CallParameters) throws(CloudError) -> Int? {
        guard parameters.text("AutoRenew") == "True" else { return nil }
        guard let months = parameters.integer("AutoRenewPeriod") else { throw CloudError("MissingAutoRenewPeriod") }
        return months
    }

    /// The vSwitch, which must lie on the node, and an address in it, which only one instance can have.
    private static func place(
        _ world: World, _ node: ENSNode, _ count: Int, _ context: ActionContext
    ) throws(CloudError) -> (vSwitch: ENSVSwitch?, address: String?) {
        let wanted = context.parameters.text("PrivateIpAddress")
        guard let id = context.parameters.text("VSwitchId") else {
            guard wanted == nil else { throw CloudError("MissingVSwitchId") }
            return (nil, nil)
        }
        guard let vSwitch = world.ens.vSwitches[id], vSwitch.nodeId == node.id else { throw CloudError("InvalidVSwitchId") }
        guard vSwitch.state.state(at: context.now) == .available else { throw CloudError("IncorrectInstanceStatus") }
        let used = world.edgeAddresses(in: id)
        guard let wanted else {
            guard vSwitch.freeAddressCount(used) >= count else { throw CloudError("InvalidVSwitchId") }
            return (vSwitch, nil)
        }
        guard count == 1, vSwitch.isAssignable(wanted), !used.contains(wanted) else {
            throw CloudError("InvalidPrivateIpAddress")
        }
        return (vSwitch, wanted)
    }

    private static func password(_ parameters: CallParameters) throws(CloudError) -> Bool {
        let inherits = parameters.flag("PasswordInherit") ?? false
        guard let password = parameters.text("Password") else { return inherits }
        guard !inherits else { throw CloudError("InvalidPasswordParam.Mismatch") }
        guard Naming.isPassword(password) else { throw CloudError("InvalidPassword") }
        return true
    }

    /// A script of at most 16 KB.
    private static func checkUserData(_ parameters: CallParameters) throws(CloudError) {
        guard let text = parameters.text("UserData") else { return }
        let script = Array(text.utf8).withView { Base64.decode($0) } ?? []
        guard script.count <= 16_384, script.starts(with: Array("#!".utf8)) else { throw CloudError("InvalidUserData") }
    }
}
