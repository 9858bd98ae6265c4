import Bytes

/// Type, bandwidth and billing of instances.
enum InstanceBilling {
    static let handlers: [String: ActionHandler] = [
        "ModifyInstanceSpec": modifySpec,
        "ModifyPrepayInstanceSpec": modifyPrepaySpec,
        "ModifyInstanceChargeType": modifyChargeType,
        "DescribeInstanceAutoRenewAttribute": listRenewals,
        "ModifyInstanceAutoRenewAttribute": modifyRenewal,
    ]

    @Sendable
    private static func modifySpec(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var instance = try world.instance(try context.required("InstanceId"))
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard instance.chargeType == .postPaid else { throw CloudError("ChargeTypeViolation") }
        let bandwidth = parameters.integer("InternetMaxBandwidthOut")
        let shown = instance.state.state(at: context.now)
        switch (parameters.text("InstanceType"), bandwidth) {
        case (.some, .some): throw CloudError("InvalidParameter.Mismatch")
        case (nil, nil): throw .missing("InstanceType")
        case (let name?, nil):
            guard shown == .stopped else { throw CloudError("InvalidInstanceStatus.NotStopped") }
            instance.type = try type(name, for: instance)
        case (nil, let bandwidth?):
            guard shown == .stopped || shown == .running else { throw CloudError("InvalidStatus.ValueNotSupported") }
            instance.internetMaxBandwidthOut = bandwidth
            instance.internetMaxBandwidthIn = parameters.integer("InternetMaxBandwidthIn") ?? max(10, bandwidth)
        }
        world.instances[instance.id] = instance
        return .empty
    }

    @Sendable
    private static func modifyPrepaySpec(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        _ = try context.requiredRegion()
        var instance = try world.instance(try context.required("InstanceId"))
        guard instance.chargeType == .prePaid else { throw CloudError("InvalidBillingMethod.ValueNotSupported") }
        guard !instance.isExpiredOrInArrears(at: context.now) else {
            throw CloudError("InvalidInstance.PreInstanceExpired")
        }
        let type = try type(try context.required("InstanceType"), for: instance)
        let isDowngrade =
            context.parameters.text("OperatorType").map { $0 == "downgrade" }
            ?? (type.hourlyPrice < instance.type.hourlyPrice)
        switch instance.state.state(at: context.now) {
        case .stopped: break
        case .running where !isDowngrade: break
        case .running: throw CloudError("InvalidStatus.NotStopped")
        default: throw CloudError("IncorrectInstanceStatus")
        }
        instance.type = type
        if context.parameters.flag("RebootWhenFinished") == true, instance.state.state(at: context.now) == .running {
            instance.state = Timeline(
                from: context.now, [(state: .starting, lasting: context.durations[.instanceRebooting])], target: .running)
            instance.startTime = instance.state.end
        }
        world.instances[instance.id] = instance
        return ["OrderId": .string(String(world.identifiers.orderNumber()))]
    }

    /// The type with this name, if the instance may become one.
    private static func type(_ name: String, for instance: Instance) throws(CloudError) -> InstanceType {
        guard let type = InstanceType.named(name), type != instance.type else {
            throw CloudError("InvalidInstanceType.ValueNotSupported")
        }
        guard type.isOffered(in: instance.zoneId) else { throw CloudError("OperationDenied.NoStock") }
        guard type.family.architecture == instance.type.family.architecture else {
            throw CloudError("ImageNotSupportInstanceType")
        }
        return type
    }

    @Sendable
    private static func modifyChargeType(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        let target = Instance.ChargeType(rawValue: parameters.text("InstanceChargeType") ?? "") ?? .prePaid
        guard let ids = parameters.jsonArray("InstanceIds"), !ids.isEmpty else {
            throw CloudError("InvalidParameter.InstanceIds")
        }
        var fees: [JSONValue] = []
        for id in ids {
            guard var instance = world.instances[id], instance.regionId == region else {
                throw CloudError("InvalidParameter.InstanceIds")
            }
            guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
                throw CloudError("InvalidStatus.ValueNotSupported")
            }
            guard instance.chargeType != target else { throw CloudError("InvalidInstanceChargeType.ValueNotSupported") }
            guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("ExpiredInstance") }
            if target == .prePaid {
                guard instance.autoReleaseTime == nil else { throw CloudError("ReleaseTimeHaveBeenSet") }
                guard let months = parameters.integer("Period") else { throw CloudError("InvalidPeriod") }
                instance.expiredTime = context.now.adding(seconds: Int64(months) * 30 * 86_400)
            } else {
                fees.append(["InstanceId": .string(id), "Fee": .string("0.00"), "Currency": "CNY"])
                instance.expiredTime = nil
            }
            instance.chargeType = target
            world.instances[id] = instance
            let includesData = parameters.flag("IncludeDataDisks") == true
            world.disks.update(where: { $0.attachment?.instanceId == id && ($0.kind == .system || includesData) }) {
                $0.chargeType = target
                if $0.kind == .data { $0.isPortable = target == .postPaid && $0.category.isCloudDisk }
            }
        }
        let shown = parameters.flag("IsDetailFee") == true ? fees : []
        return [
            "OrderId": .string(String(world.identifiers.orderNumber())),
            "FeeOfInstances": .list("FeeOfInstance", shown),
        ]
    }

    @Sendable
    private static func listRenewals(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let ids = context.parameters.commaList("InstanceId")
        let status = context.parameters.text("RenewalStatus")
        guard ids != nil || status != nil else { throw CloudError("InvalidParameter.RenewalStatusInstanceId") }
        let named = try ids.map { ids throws(CloudError) in try subscriptions(ids, world, region) }
        let found = (named ?? world.instances.newestFirst).filter {
            $0.regionId == region && $0.chargeType == .prePaid && (status == nil || $0.renewal.status == status)
        }
        let page = try Page(found, context)
        return .object(
            page.members("InstanceRenewAttributes", "InstanceRenewAttribute") { instance in
                [
                    "InstanceId": .string(instance.id),
                    "AutoRenewEnabled": .bool(instance.renewal.status == "AutoRenewal"),
                    "RenewalStatus": .string(instance.renewal.status),
                    "Duration": .integer(instance.renewal.status == "AutoRenewal" ? instance.renewal.duration : 0),
                    "PeriodUnit": .string(instance.renewal.periodUnit),
                ]
            })
    }

    @Sendable
    private static func modifyRenewal(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        let instances = try subscriptions(parameters.commaList("InstanceId") ?? [], world, region)
        let status =
            parameters.text("RenewalStatus") ?? (parameters.flag("AutoRenew") == true ? "AutoRenewal" : "Normal")
        let unit = parameters.text("PeriodUnit") ?? "Month"
        let allowed = ["Week": [1, 2, 3, 4], "Month": [1, 2, 3, 6, 12, 24, 36, 48, 60], "Year": [1, 2, 3, 4, 5]]
        let duration = parameters.integer("Duration")
        if status == "AutoRenewal" {
            guard let duration, allowed[unit]?.contains(duration) ?? false else {
                throw CloudError("InvalidParameter.Duration")
            }
        }
        for instance in instances {
            world.instances[instance.id]?.renewal = .init(status: status, duration: duration ?? 1, periodUnit: unit)
        }
        return .empty
    }

    /// The named instances, all of which must be subscriptions.
    private static func subscriptions(
        _ ids: [String], _ world: World, _ region: String
    ) throws(CloudError) -> [Instance] {
        guard ids.count <= 100 else { throw CloudError("InvalidParameter.ToManyInstanceIds") }
        return try ids.map { id throws(CloudError) in
            guard let instance = world.instances[id], instance.regionId == region else {
                throw CloudError("InvalidParameter.InvalidInstanceId")
            }
            guard instance.chargeType == .prePaid else { throw CloudError("ChargeTypeViolation") }
            return instance
        }
    }
}
