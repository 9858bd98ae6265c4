import Bytes

/// Getting, changing and giving back public addresses.
enum EipActions {
    static let handlers: [String: ActionHandler] = [
        "AllocateEipAddress": allocate,
        "ModifyEipAddressAttribute": modify,
        "ReleaseEipAddress": release,
    ]

    private static let bandwidths = 1...1000

    @Sendable
    private static func allocate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let bandwidth = try bandwidth(context) ?? 5
        guard world.vpc.eips.all.count(where: { $0.regionId == region }) < Eip.limit else {
            throw CloudError("QuotaExceeded.Eip")
        }
        let chargeType = Instance.ChargeType(rawValue: context.parameters.text("InstanceChargeType") ?? "") ?? .postPaid
        let seconds = chargeType == .prePaid ? try subscription(context) : nil
        let id = world.identifiers.resource("eip")
        let eip = Eip(
            id: id, regionId: region, address: PublicAddress.make(&world), bandwidth: bandwidth,
            internetChargeType: context.parameters.text("InternetChargeType") ?? "PayByBandwidth", chargeType: chargeType,
            expiredTime: seconds.map { context.now.adding(seconds: $0) }, creationTime: context.now,
            state: Timeline(.available, since: context.now))
        guard chargeType == .prePaid else {
            world.vpc.eips[id] = eip
            return ["EipAddress": .string(eip.address), "AllocationId": .string(id)]
        }
        let order = JSONValue.string(String(world.identifiers.orderNumber()))
        // The address of an order that is still to be paid does not exist yet.
        guard context.parameters.flag("AutoPay") == true else { return ["AllocationId": .string(id), "OrderId": order] }
        world.vpc.eips[id] = eip
        return ["EipAddress": .string(eip.address), "AllocationId": .string(id), "OrderId": order]
    }

    private static func bandwidth(_ context: ActionContext) throws(CloudError) -> Int? {
        guard let text = context.parameters.text("Bandwidth") else { return nil }
        guard let bandwidth = Int(text), bandwidths.contains(bandwidth) else {
            throw CloudError("InvalidParameter", about: "\"Bandwidth\"")
        }
        return bandwidth
    }

    /// Seconds of the subscription that the call asks for.
    private static func subscription(_ context: ActionContext) throws(CloudError) -> Int64 {
        let isYear = context.parameters.text("PricingCycle") == "Year"
        guard let period = context.parameters.integer("Period") else { throw .missing("Period") }
        guard (1...(isYear ? 3 : 9)).contains(period) else { throw .invalid("Period") }
        return Int64(period) * (isYear ? 365 : 30) * 86_400
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let eip = try world.eip(try context.required("AllocationId"), in: try context.region())
        guard let bandwidth = try bandwidth(context) else { throw .missing("Bandwidth") }
        world.vpc.eips[eip.id]?.bandwidth = bandwidth
        return .empty
    }

    @Sendable
    private static func release(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let eip = try world.eip(try context.required("AllocationId"), in: try context.region())
        guard eip.state.state(at: context.now) == .available else { throw CloudError("IncorrectEipStatus") }
        world.vpc.eips[eip.id] = nil
        return .empty
    }
}
