import Bytes

extension SLB {
    /// Starting, stopping and deleting listeners.
    enum ListenerLifecycle {
        static let handlers: [String: ActionHandler] = [
            "StartLoadBalancerListener": start,
            "StopLoadBalancerListener": stop,
            "DeleteLoadBalancerListener": delete,
        ]

        @Sendable
        private static func start(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let listener = try unlocked(world, context)
            switch listener.state.state(at: context.now) {
            case .stopped: break
            case .starting: throw CloudError("ServiceIsConfiguring")
            case .running: throw CloudError("InvalidParameter", about: "resource status is invalid")
            }
            let lasting = context.durations[own: SLB.Step.listenerStarting]
            world.slb.listeners[listener.key.text]?.state = Timeline(
                from: context.now, [(state: .starting, lasting: lasting)], target: .running)
            return .empty
        }

        @Sendable
        private static func stop(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let listener = try unlocked(world, context)
            world.slb.listeners[listener.key.text]?.state = Timeline(.stopped, since: context.now)
            return .empty
        }

        /// The load balancer turns inactive with its last listener.
        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let loadBalancer = try world.slb.loadBalancer(context)
            let listener = try world.slb.listener(of: loadBalancer, context)
            guard listener.state.state(at: context.now) != .starting else { throw CloudError("ServiceIsConfiguring") }
            world.slb.remove(listener)
            if world.slb.listeners(of: loadBalancer.id).isEmpty {
                world.slb.loadBalancers[loadBalancer.id]?.setStatus = .inactive
            }
            return .empty
        }

        private static func unlocked(_ world: World, _ context: ActionContext) throws(CloudError) -> Listener {
            let loadBalancer = try world.slb.loadBalancer(context)
            try loadBalancer.checkUnlocked(at: context.now)
            return try world.slb.listener(of: loadBalancer, context)
        }
    }
}
