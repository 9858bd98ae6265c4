import Bytes

extension SLB {
    /// Changing what a load balancer costs: its specification, bandwidth, and ways of payment.
    enum LoadBalancerBilling {
        static let handlers: [String: ActionHandler] = [
            "ModifyLoadBalancerInternetSpec": modifyInternetSpec,
            "ModifyLoadBalancerInstanceSpec": modifySpec,
            "ModifyLoadBalancerPayType": modifyPayType,
            "ModifyLoadBalancerInstanceChargeType": modifyInstanceChargeType,
        ]

        /// The load balancer of the call, which must be one that pays by specification and has no change waiting.
        private static func changeable(_ world: World, _ context: ActionContext) throws(CloudError) -> LoadBalancer {
            let found = try world.slb.loadBalancer(context)
            guard found.instanceChargeType == "PayBySpec" else { throw CloudError("OperationDenied.PayByCLCU") }
            try found.checkUnlocked(at: context.now)
            try found.checkUnchanged()
            return found
        }

        /// Another bandwidth holds at once, another charge method from the next day on.
        @Sendable
        private static func modifyInternetSpec(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var found = try changeable(world, context)
            let parameters = context.parameters
            guard found.addressType == .internet else { throw CloudError("Instance.InternetChargeTypeNotAllowed") }
            var charge = found.charge
            if let type = parameters.text("InternetChargeType") { charge.isByBandwidth = type == "paybybandwidth" }
            let bandwidth = parameters.integer("Bandwidth")
            if found.payType == .prePay {
                guard charge.isByBandwidth else { throw CloudError("Operation.NotAllowed", about: "only permitted to modify") }
                guard bandwidth ?? charge.bandwidth >= charge.bandwidth else {
                    throw CloudError("Operation.NotAllowed", about: "increase internet bandwidth")
                }
            }
            charge.bandwidth = charge.isByBandwidth ? bandwidth ?? charge.bandwidth : -1
            guard !charge.isByBandwidth || charge.bandwidth > 0 else { throw CloudError("Instance.InternetChargeTypeNotAllowed") }
            if charge.isByBandwidth == found.charge.isByBandwidth {
                found.charge = charge
            } else {
                found.pendingCharge = .init(charge: charge, start: context.now.nextDayInChina)
            }
            world.slb.loadBalancers[found.id] = found
            return order(&world, found)
        }

        /// A subscription can only grow.
        @Sendable
        private static func modifySpec(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try changeable(world, context)
            let wanted = try context.required("LoadBalancerSpec")
            let sizes = LoadBalancer.specs
            let grows = (sizes.firstIndex(of: wanted) ?? 0) > (sizes.firstIndex(of: found.spec) ?? 0)
            guard grows || found.payType == .payOnDemand else {
                throw CloudError("Operation.NotAllowed", about: "increase loadBalancerSpec")
            }
            // A subscription's order that is not paid changes nothing.
            if found.payType == .payOnDemand || context.parameters.flag("AutoPay") == true {
                world.slb.loadBalancers[found.id]?.spec = wanted
            }
            return order(&world, found)
        }

        @Sendable
        private static func modifyPayType(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try changeable(world, context)
            guard found.payType == .payOnDemand, context.parameters.text("PayType") == "PrePay" else {
                throw CloudError("Operation.NotAllowed", about: "Only allow changing loadBalancer")
            }
            guard found.addressType == .intranet || found.charge.isByBandwidth else {
                throw CloudError("Operation.NotAllowed", about: "payByTraffic")
            }
            let end = try SLB.endOfSubscription(context)
            if context.parameters.flag("AutoPay") == true {
                world.slb.loadBalancers[found.id]?.payType = .prePay
                world.slb.loadBalancers[found.id]?.endTime = end
            }
            return ["OrderId": .integer(world.identifiers.orderNumber())]
        }

        /// Usage is paid for from now on, or from the next day on when the charge for traffic changes as well.
        @Sendable
        private static func modifyInstanceChargeType(
            _ world: inout World, _ context: ActionContext
        ) throws(CloudError) -> JSONValue {
            var found = try changeable(world, context)
            guard found.payType == .payOnDemand else { throw CloudError("IllegalParam.InstanceChargeType") }
            let start = found.charge.isByBandwidth ? context.now.nextDayInChina : context.now
            found.pendingCharge = .init(charge: .init(), instanceChargeType: "PayByCLCU", start: start)
            if start == context.now { found.settleCharge() }
            world.slb.loadBalancers[found.id] = found
            return .empty
        }

        /// Subscriptions get an order.
        private static func order(_ world: inout World, _ found: LoadBalancer) -> JSONValue {
            found.payType == .prePay ? ["OrderId": .integer(world.identifiers.orderNumber())] : .empty
        }
    }
}
