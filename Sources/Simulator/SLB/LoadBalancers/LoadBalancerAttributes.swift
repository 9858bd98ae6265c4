import Bytes

extension SLB {
    /// Changing what a load balancer is called, whether it works, and how it is protected.
    enum LoadBalancerAttributes {
        static let handlers: [String: ActionHandler] = [
            "SetLoadBalancerName": setName,
            "SetLoadBalancerStatus": setStatus,
            "SetLoadBalancerDeleteProtection": setDeleteProtection,
            "SetLoadBalancerModificationProtection": setModificationProtection,
        ]

        @Sendable
        private static func setName(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try world.slb.loadBalancer(context)
            let name = try context.required("LoadBalancerName")
            guard SLB.Naming.isName(name, 2...128) else {
                throw CloudError("InvalidParameter", about: "Lb Name is Not supported")
            }
            world.slb.loadBalancers[found.id]?.name = name
            return .empty
        }

        @Sendable
        private static func setStatus(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try world.slb.loadBalancer(context)
            try found.checkUnlocked(at: context.now)
            let status = LoadBalancer.Status(rawValue: try context.required("LoadBalancerStatus"))
            world.slb.loadBalancers[found.id]?.setStatus = status ?? .active
            return .empty
        }

        @Sendable
        private static func setDeleteProtection(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try world.slb.loadBalancer(context)
            world.slb.loadBalancers[found.id]?.hasDeleteProtection = try context.required("DeleteProtection") == "on"
            return .empty
        }

        @Sendable
        private static func setModificationProtection(
            _ world: inout World, _ context: ActionContext
        ) throws(CloudError) -> JSONValue {
            var found = try world.slb.loadBalancer(context)
            try setModificationProtection(of: &found, context.parameters)
            world.slb.loadBalancers[found.id] = found
            return .empty
        }

        /// Takes over the protection that a call asks for. A reason goes with the protection.
        static func setModificationProtection(
            of loadBalancer: inout LoadBalancer, _ parameters: CallParameters
        ) throws(CloudError) {
            guard let status = parameters.text("ModificationProtectionStatus") else { return }
            loadBalancer.hasModificationProtection = status == "ConsoleProtection"
            guard loadBalancer.hasModificationProtection else {
                loadBalancer.modificationProtectionReason = ""
                return
            }
            guard let reason = parameters.text("ModificationProtectionReason") else { return }
            guard SLB.Naming.isName(reason) else { throw .invalid("ModificationProtectionReason") }
            loadBalancer.modificationProtectionReason = reason
        }
    }
}
