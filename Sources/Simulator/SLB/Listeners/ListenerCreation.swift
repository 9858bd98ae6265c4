import Bytes

extension SLB {
    /// Making listeners, one action for each protocol. A new one is stopped.
    enum ListenerCreation {
        static let handlers: [String: ActionHandler] = [
            "CreateLoadBalancerTCPListener": { world, context throws(CloudError) in try create(&world, context, .tcp) },
            "CreateLoadBalancerUDPListener": { world, context throws(CloudError) in try create(&world, context, .udp) },
            "CreateLoadBalancerHTTPListener": { world, context throws(CloudError) in try create(&world, context, .http) },
            "CreateLoadBalancerHTTPSListener": { world, context throws(CloudError) in try create(&world, context, .https) },
        ]

        private static let quotaPerLoadBalancer = 30
        /// Kept by the cloud for itself.
        private static let reservedUDPPort = 4789

        private static func create(
            _ world: inout World, _ context: ActionContext, _ proto: Listener.Proto
        ) throws(CloudError) -> JSONValue {
            let loadBalancer = try world.slb.loadBalancer(context)
            try loadBalancer.checkUnlocked(at: context.now)
            guard let port = context.parameters.integer("ListenerPort") else { throw .missing("ListenerPort") }
            guard proto != .udp || port != reservedUDPPort else {
                throw CloudError("OperationDenied.SpecialListenerPortNotAllowed")
            }
            let others = world.slb.listeners(of: loadBalancer.id)
            guard !others.contains(where: { $0.port == port && $0.proto == proto }) else {
                throw CloudError(proto == .udp ? "InvalidParameter.ListenerPortConflict" : "ListenerAlreadyExists")
            }
            guard others.count < quotaPerLoadBalancer else { throw CloudError("ListenerNumberOverLimit") }
            var listener = Listener(
                loadBalancerId: loadBalancer.id, port: port, proto: proto, creationTime: context.now,
                state: Timeline(.stopped, since: context.now))
            for setting in ListenerSetting.all(of: proto) {
                listener[setting.name] = setting.value(in: context.parameters) ?? setting.initial
            }
            // Without the check's own parameters a TCP port is only connected to.
            if proto == .tcp, listener["HealthCheckType"] == "http" {
                listener["HealthCheckURI"] = listener["HealthCheckURI"] ?? "/index.html"
            }
            try ListenerCheck(world: world, loadBalancer: loadBalancer, listener: listener).check()
            world.slb.listeners[listener.key.text] = listener
            return .empty
        }
    }
}
