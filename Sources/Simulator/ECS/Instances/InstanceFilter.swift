/// The filters of DescribeInstances, joined by AND.
struct InstanceFilter: Sendable {
    private let parameters: CallParameters
    private let ids: Set<String>?
    private let privateAddresses: Set<String>?
    private let publicAddresses: Set<String>?
    private let innerAddresses: Set<String>?
    private let elasticAddresses: Set<String>?
    private let times: [(isCreation: Bool, isStart: Bool, instant: SimulatedTime)]

    init(_ context: ActionContext) throws(CloudError) {
        parameters = context.parameters
        ids = parameters.jsonArray("InstanceIds").map { Set($0) }
        privateAddresses = parameters.jsonArray("PrivateIpAddresses").map { Set($0) }
        publicAddresses = parameters.jsonArray("PublicIpAddresses").map { Set($0) }
        innerAddresses = Self.set(parameters.jsonArray("InnerIpAddresses"))
        elasticAddresses = Self.set(parameters.jsonArray("EipAddresses"))
        times = try parameters.structures("Filter").map { filter throws(CloudError) in
            let key = filter.text("Key") ?? ""
            guard let instant = filter.time("Value") else { throw .invalid("Filter.n.Value") }
            return (key.hasPrefix("Creation"), key.hasSuffix("StartTime"), instant)
        }
    }

    /// An empty list is no filter.
    private static func set(_ values: [String]?) -> Set<String>? {
        values.flatMap { $0.isEmpty ? nil : Set($0) }
    }

    func matches(_ instance: Instance, _ world: World, _ now: SimulatedTime) -> Bool {
        guard ids?.contains(instance.id) ?? true else { return false }
        guard privateAddresses.map({ !instance.isClassic && $0.contains(instance.privateIpAddress) }) ?? true,
            innerAddresses.map({ instance.isClassic && $0.contains(instance.privateIpAddress) }) ?? true,
            elasticAddresses.map({ $0.contains(world.eip(ofInstance: instance.id, at: now)?.address ?? "") }) ?? true
        else { return false }
        guard publicAddresses.map({ !$0.isDisjoint(with: instance.publicIpAddresses) }) ?? true else { return false }
        return matchesTexts(instance) && matchesState(instance, world, now)
            && times.allSatisfy { Self.matches(instance, $0.isCreation, $0.isStart, $0.instant) }
    }

    private func matchesTexts(_ instance: Instance) -> Bool {
        let pairs: [(String, String)] = [
            ("VpcId", instance.vpcId), ("VSwitchId", instance.vSwitchId), ("ZoneId", instance.zoneId),
            ("InstanceType", instance.type.id), ("InstanceTypeFamily", instance.type.family.id),
            ("InstanceNetworkType", instance.isClassic ? "classic" : "vpc"), ("ImageId", instance.imageId),
            ("KeyPairName", instance.keyPairName),
            ("InstanceChargeType", instance.chargeType.rawValue), ("InternetChargeType", instance.internetChargeType),
            ("ResourceGroupId", instance.resourceGroupId), ("HttpEndpoint", instance.metadata.httpEndpoint),
            ("HttpTokens", instance.metadata.httpTokens), ("HpcClusterId", ""), ("RdmaIpAddresses", ""),
        ]
        guard pairs.allSatisfy({ name, value in parameters.text(name).map { $0 == value } ?? true }) else { return false }
        if let group = parameters.text("SecurityGroupId"), !instance.securityGroupIds.contains(group) { return false }
        guard parameters.list("Ipv6Address").isEmpty else { return false }
        return parameters.text("InstanceName").map { Wildcard.matches(instance.name, $0) } ?? true
    }

    private func matchesState(_ instance: Instance, _ world: World, _ now: SimulatedTime) -> Bool {
        if let state = parameters.text("Status"), instance.state.state(at: now).rawValue != state { return false }
        if let reason = parameters.text("LockReason"), !instance.locks.contains(where: { $0.rawValue == reason }) {
            return false
        }
        if let wanted = parameters.flag("IoOptimized"), wanted != instance.isIOOptimized { return false }
        guard let wanted = parameters.flag("DeviceAvailable") else { return true }
        let dataDisks = world.disks(of: instance.id, at: now).count { $0.kind == .data }
        return wanted == (dataDisks < instance.type.dataDiskQuantity)
    }

    private static func matches(
        _ instance: Instance, _ isCreation: Bool, _ isStart: Bool, _ instant: SimulatedTime
    ) -> Bool {
        guard let time = isCreation ? instance.creationTime : instance.expiredTime else { return false }
        return isStart ? time >= instant : time <= instant
    }
}
