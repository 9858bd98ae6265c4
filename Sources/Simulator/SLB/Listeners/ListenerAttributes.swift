import Bytes

extension SLB {
    /// Changing listeners, one action for each protocol. What a call leaves out stays as it is.
    enum ListenerAttributes {
        static let handlers: [String: ActionHandler] = [
            "SetLoadBalancerTCPListenerAttribute": { world, context throws(CloudError) in try set(&world, context, .tcp) },
            "SetLoadBalancerUDPListenerAttribute": { world, context throws(CloudError) in try set(&world, context, .udp) },
            "SetLoadBalancerHTTPListenerAttribute": { world, context throws(CloudError) in try set(&world, context, .http) },
            "SetLoadBalancerHTTPSListenerAttribute": { world, context throws(CloudError) in try set(&world, context, .https) },
        ]

        private static func set(
            _ world: inout World, _ context: ActionContext, _ proto: Listener.Proto
        ) throws(CloudError) -> JSONValue {
            let loadBalancer = try world.slb.loadBalancer(context)
            try loadBalancer.checkUnlocked(at: context.now)
            var listener = try world.slb.listener(of: loadBalancer, context, proto)
            let parameters = context.parameters
            try checkScheduler(of: listener, parameters)
            for setting in ListenerSetting.all(of: proto) where !groups.contains(setting.name) {
                if let value = setting.value(in: parameters) { listener[setting.name] = value }
            }
            try setGroups(of: &listener, parameters)
            try ListenerCheck(world: world, loadBalancer: loadBalancer, listener: listener).check()
            world.slb.listeners[listener.key.text] = listener
            return .empty
        }

        private static let groups = ["VServerGroupId", "MasterSlaveServerGroupId"]

        /// Neither from round robin to a hash nor from one hash to another.
        private static func checkScheduler(of listener: Listener, _ parameters: CallParameters) throws(CloudError) {
            guard let wanted = parameters.text("Scheduler"), wanted != listener["Scheduler"] else { return }
            guard ["wrr", "rr"].contains(wanted) else { throw .invalid("Scheduler") }
        }

        /// The switches say which kind of group is used; an id alone switches its kind on.
        private static func setGroups(of listener: inout Listener, _ parameters: CallParameters) throws(CloudError) {
            let switches = ["VServerGroup", "MasterSlaveServerGroup"].map { parameters.text($0) }
            guard switches != ["on", "on"] else { throw .invalid("MasterSlaveServerGroup") }
            for (index, name) in groups.enumerated() {
                let id = parameters.text(name)
                switch switches[index] {
                case "off": listener[name] = nil
                case "on" where id == nil && listener[name] == nil:
                    let isPlain = listener.proto == .tcp || listener.proto == .udp
                    throw name == "VServerGroupId" && isPlain ? CloudError("MissingParam.VServerGroupId") : .missing(name)
                default:
                    guard let id else { continue }
                    listener[name] = id
                    // The other kind gives way, unless the call names both.
                    let other = groups[1 - index]
                    if parameters.text(other) == nil { listener[other] = nil }
                }
            }
            guard listener.serverGroupId != nil || listener["BackendServerPort"] != nil || listener.isOn("ListenerForward") else {
                throw listener.proto == .tcp || listener.proto == .udp
                    ? CloudError("OperationFailed.ServerGroupInUse") : .missing("VServerGroupId")
            }
        }
    }
}
