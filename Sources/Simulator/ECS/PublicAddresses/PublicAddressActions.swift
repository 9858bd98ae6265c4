import Bytes

/// Public addresses of instances: given, taken back, made elastic.
enum PublicAddressActions {
    static let handlers: [String: ActionHandler] = [
        "AllocatePublicIpAddress": allocate,
        "ReleasePublicIpAddress": release,
        "ConvertNatPublicIpToEip": convert,
    ]

    @Sendable
    private static func allocate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let instance = try world.instance(try context.required("InstanceId"))
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("InstanceExpiredOrInArrears") }
        guard instance.isSettled(at: context.now) else { throw CloudError("IncorrectInstanceStatus") }
        guard world.eip(ofInstance: instance.id, at: context.now) == nil else { throw CloudError("OperationDenied") }
        guard instance.publicIpAddresses.isEmpty else { throw CloudError("AllocatedAlready") }
        guard instance.internetMaxBandwidthOut > 0 else { throw CloudError("AllocateIpInvalidInstanceBandwidth") }
        guard parameters.text("VlanId") == nil else { throw CloudError("InvalidVlanId.NotFound") }
        if let wanted = parameters.text("IpAddress") {
            guard IPv4Address(wanted) != nil else { throw CloudError("InvalidIpAddress.Malformed") }
            guard !world.isInUse(publicAddress: wanted) else { throw CloudError("IpInUse") }
        }
        let address = parameters.text("IpAddress") ?? PublicAddress.make(&world)
        world.instances[instance.id]?.publicIpAddresses = [address]
        return ["IpAddress": .string(address)]
    }

    /// The bandwidth goes with the address: otherwise the next start would bring a new one.
    @Sendable
    private static func release(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let address = try context.required("PublicIpAddress")
        let wanted = context.parameters.text("InstanceId")
        guard let instance = world.instances.all.first(where: { $0.publicIpAddresses.contains(address) }),
            wanted == nil || wanted == instance.id
        else { throw CloudError("InvalidInstanceId.NotFound") }
        world.instances[instance.id]?.publicIpAddresses.removeAll { $0 == address }
        world.instances[instance.id]?.internetMaxBandwidthOut = 0
        return ["RemainTimes": "0"]
    }

    @Sendable
    private static func convert(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        guard let instance = world.instances[try context.required("InstanceId")], instance.regionId == region else {
            throw CloudError("InvalidInstanceId.NotFound")
        }
        guard !instance.isClassic, world.eip(ofInstance: instance.id, at: context.now) == nil else {
            throw CloudError("OperationDenied")
        }
        guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("InvalidInstance.OverduePayment") }
        guard instance.isSettled(at: context.now) else { throw CloudError("IncorrectInstanceStatus") }
        guard !instance.publicIpAddresses.isEmpty else { throw CloudError("InvalidInstance.IpAddressMissing") }
        if instance.chargeType == .prePaid {
            guard instance.internetChargeType == "PayByTraffic" else {
                throw CloudError("InvalidInternetChargeType.ValueNotSupported")
            }
            guard instance.expiredTime.map({ $0 > context.now.adding(seconds: 86_400) }) ?? true else {
                throw CloudError("InvalidEndTime.OperateNotSupport")
            }
        }
        let count = world.vpc.eips.all.count { $0.regionId == region }
        guard count < Eip.limit else { throw CloudError("MaxEIPQuotaExceeded") }
        world.convertPublicAddress(of: instance, at: context.now)
        return .empty
    }
}

extension Instance {
    /// Whether the instance is Running or Stopped, and not on its way.
    func isSettled(at now: SimulatedTime) -> Bool {
        let shown = state.state(at: now)
        return shown == .running || shown == .stopped
    }
}
