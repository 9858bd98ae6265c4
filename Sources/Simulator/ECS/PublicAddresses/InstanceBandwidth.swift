import Bytes

/// Bandwidth of instances to the Internet.
enum InstanceBandwidth {
    static let handlers: [String: ActionHandler] = [
        "ModifyInstanceNetworkSpec": modify,
        "DescribeBandwidthLimitation": limits,
    ]

    /// Least length of a temporary upgrade, in seconds.
    private static let leastUpgrade: Int64 = 3 * 3600

    /// Changes only what is given. An order that is not paid for changes nothing.
    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var instance = try world.instance(try context.required("InstanceId"))
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("InstanceExpiredOrInArrears") }
        guard instance.isSettled(at: context.now) else { throw CloudError("IncorrectInstanceStatus") }
        guard world.eip(ofInstance: instance.id, at: context.now) == nil else {
            throw CloudError("InvalidInstance.EipNotSupport")
        }
        try checkTimes(instance, context)
        instance.internetChargeType = parameters.text("NetworkChargeType") ?? instance.internetChargeType
        if let out = parameters.integer("InternetMaxBandwidthOut") {
            guard (0...greatest(instance.internetChargeType, instance.chargeType)).contains(out) else {
                throw CloudError("InvalidInternetMaxBandwidthOut.ValueNotSupported")
            }
            instance.internetMaxBandwidthOut = out
        }
        if let inwards = parameters.integer("InternetMaxBandwidthIn") {
            guard (1...max(10, instance.internetMaxBandwidthOut)).contains(inwards) else {
                throw CloudError("InvalidInternetMaxBandwidthIn.ValueNotSupported")
            }
            instance.internetMaxBandwidthIn = inwards
        }
        let isPrepaid = instance.chargeType == .prePaid
        if instance.internetMaxBandwidthOut > 0, instance.publicIpAddresses.isEmpty,
            isPrepaid || parameters.flag("AllocatePublicIp") == true
        {
            instance.publicIpAddresses = [PublicAddress.make(&world)]
        }
        if instance.internetMaxBandwidthOut == 0 { instance.publicIpAddresses = [] }
        guard isPrepaid else {
            world.instances[instance.id] = instance
            return .empty
        }
        if parameters.flag("AutoPay") ?? true { world.instances[instance.id] = instance }
        return ["OrderId": .string(String(world.identifiers.orderNumber()))]
    }

    /// A temporary upgrade is for subscriptions, for some hours at least.
    private static func checkTimes(_ instance: Instance, _ context: ActionContext) throws(CloudError) {
        let parameters = context.parameters
        guard parameters.text("StartTime") != nil || parameters.text("EndTime") != nil else { return }
        guard instance.chargeType == .prePaid else { throw CloudError("ChargeTypeViolation") }
        guard let start = parameters.time("StartTime") ?? hour(parameters.text("StartTime")),
            let end = parameters.time("EndTime") ?? hour(parameters.text("EndTime")), start >= context.now,
            end >= start.adding(seconds: leastUpgrade)
        else { throw CloudError("InvalidStartTime.ValueNotSupported") }
        guard parameters.integer("InternetMaxBandwidthOut") ?? 0 >= instance.internetMaxBandwidthOut else {
            throw CloudError("InvalidBandwidth.ValueNotSupported")
        }
    }

    /// The instant `YYYY-MM-DDThhZ`; nil for anything else.
    private static func hour(_ text: String?) -> SimulatedTime? {
        guard var full = text.map({ $0.dropLast() + ":00Z" }) else { return nil }
        return full.withUTF8 { Timestamp($0) }.map { SimulatedTime($0) }
    }

    /// Mbit/s at most.
    private static func greatest(_ internetChargeType: String, _ chargeType: Instance.ChargeType) -> Int {
        internetChargeType == "PayByBandwidth" && chargeType == .prePaid ? 200 : 100
    }

    @Sendable
    private static func limits(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        guard InstanceType.named(try context.required("InstanceType")) != nil else {
            throw CloudError("InvalidInstanceType.ValueNotSupported")
        }
        let operation = parameters.text("OperationType") ?? "Create"
        let instance = parameters.text("ResourceId").flatMap { world.instances[$0] }
        guard instance?.regionId == region || operation == "Create" && parameters.text("ResourceId") == nil else {
            throw CloudError("Invalid.ResourceId")
        }
        let chargeType = Instance.ChargeType(rawValue: parameters.text("InstanceChargeType") ?? "") ?? .postPaid
        let current = instance?.internetMaxBandwidthOut ?? 0
        return [
            "Bandwidths": .list(
                "Bandwidth",
                ["PayByBandwidth", "PayByTraffic"].map { type in
                    let limit = greatest(type, chargeType)
                    return [
                        "InternetChargeType": .string(type), "Unit": "Mbps",
                        "Min": .integer(operation == "Upgrade" ? min(current, limit) : 0),
                        "Max": .integer(operation == "Downgrade" ? min(current, limit) : limit),
                    ]
                })
        ]
    }
}
