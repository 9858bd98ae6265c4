import Bytes

extension SLB {
    /// Making and deleting load balancers: CreateLoadBalancer and DeleteLoadBalancer.
    enum LoadBalancerCreation {
        static let handlers: [String: ActionHandler] = [
            "CreateLoadBalancer": create,
            "DeleteLoadBalancer": delete,
        ]

        private static let quotaPerRegion = 60

        /// An order that is not paid makes nothing.
        @Sendable
        private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let parameters = context.parameters
            let request = try LoadBalancerRequest(world, context)
            let zones = try request.zones()
            let end = try request.end()
            let region = request.region.id
            guard world.slb.loadBalancers.all.count(where: { $0.regionId == region }) < quotaPerRegion else {
                throw CloudError("ORDER.QUANTITY_INVALID")
            }
            if let name = parameters.text("LoadBalancerName"), !SLB.Naming.isName(name) {
                throw CloudError("InvalidParameter", about: "Lb Name is Not supported")
            }
            let address = try address(&world, request)
            let id = world.identifiers.resource("lb")
            var made = LoadBalancer(
                id: id, regionId: region, name: parameters.text("LoadBalancerName") ?? "auto_named_slb",
                addressType: request.addressType, ipVersion: request.ipVersion, address: address,
                vpcId: request.vSwitch?.vpcId ?? "", vSwitchId: request.vSwitch?.id ?? "", masterZoneId: zones.master,
                slaveZoneId: zones.slave, spec: request.spec, payType: request.payType,
                instanceChargeType: request.instanceChargeType, charge: request.charge, creationTime: context.now, endTime: end,
                hasDeleteProtection: parameters.text("DeleteProtection") == "on",
                resourceGroupId: parameters.text("ResourceGroupId") ?? "")
            try LoadBalancerAttributes.setModificationProtection(of: &made, parameters)
            let order: [JSONValue.Member] =
                end == nil ? [] : [.init("OrderId", .integer(world.identifiers.orderNumber()))]
            guard end == nil || parameters.flag("AutoPay") == true else { return .object(order) }
            world.slb.loadBalancers[id] = made
            return .object(
                [
                    .init("LoadBalancerId", .string(id)), .init("LoadBalancerName", .string(made.name)),
                    .init("Address", .string(address)), .init("AddressIPVersion", .string(made.ipVersion)),
                    .init("NetworkType", .string(made.networkType)), .init("VpcId", .string(made.vpcId)),
                    .init("VSwitchId", .string(made.vSwitchId)), .init("ResourceGroupId", .string(made.resourceGroupId)),
                ] + order)
        }

        private static func address(_ world: inout World, _ request: LoadBalancerRequest) throws(CloudError) -> String {
            if let vSwitch = request.vSwitch { return try request.privateAddress(world, in: vSwitch) }
            guard request.ipVersion == "ipv6" else { return PublicAddress.make(&world) }
            let groups = (0..<4).map { _ in String(world.identifiers.below(65_536), radix: 16) }
            return "2408:4005:3ff:" + (["1"] + groups).joined(separator: ":")
        }

        /// Everything that is the load balancer's own goes with it. A subscription has to run out first.
        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try world.slb.loadBalancer(context)
            guard !found.hasDeleteProtection else { throw CloudError("OperationDenied.DeleteProtectionIsOn") }
            guard found.endTime.map({ $0 <= context.now }) ?? true else { throw CloudError("ChargeTypeViolation") }
            world.slb.remove(found)
            world.unbindNetwork(fromLoadBalancer: found.id)
            return .empty
        }
    }
}
