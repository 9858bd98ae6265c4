import Bytes

/// Starting, stopping and deleting listeners.
enum ENSListenerLifecycle {
    static let handlers: [String: ActionHandler] = [
        "StartLoadBalancerListener": start,
        "StopLoadBalancerListener": stop,
        "DeleteLoadBalancerListener": delete,
    ]

    /// Starts every stopped listener of the port: the call cannot name a protocol.
    @Sendable
    private static func start(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let balancer = try world.edgeLoadBalancer(context)
        let found = try indices(of: balancer, context).filter {
            balancer.listeners[$0].state.state(at: context.now) == .stopped
        }
        guard !found.isEmpty else { throw CloudError("IncorrectInstanceStatus") }
        for index in found {
            world.ens.loadBalancers[balancer.id]?.listeners[index].state = Timeline(
                from: context.now, [(state: .starting, lasting: context.duration(of: .listenerStarting))],
                target: .running)
        }
        return .empty
    }

    @Sendable
    private static func stop(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let balancer = try world.edgeLoadBalancer(context)
        let index = try onlyIndex(of: balancer, context)
        guard balancer.listeners[index].state.state(at: context.now) == .running else {
            throw CloudError("IncorrectInstanceStatus")
        }
        world.ens.loadBalancers[balancer.id]?.listeners[index].state = Timeline(
            from: context.now, [(state: .stopping, lasting: context.duration(of: .listenerStopping))], target: .stopped)
        return .empty
    }

    /// A listener goes while it runs or stands, but not on its way; and not while another one forwards to it.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let balancer = try world.edgeLoadBalancer(context)
        let index = try onlyIndex(of: balancer, context)
        let listener = balancer.listeners[index]
        let isTarget =
            listener.transport == .https
            && balancer.listeners.contains {
                $0.settings["ListenerForward"] == "on" && $0.settings["ForwardPort"] == String(listener.port)
            }
        guard listener.state.isSettled(at: context.now), !isTarget else { throw CloudError("IncorrectInstanceStatus") }
        world.ens.loadBalancers[balancer.id]?.listeners.remove(at: index)
        return .empty
    }

    /// The listeners of the call's port, and of its protocol if it names one.
    private static func indices(of balancer: ENSLoadBalancer, _ context: ActionContext) throws(CloudError) -> [Int] {
        let port = context.parameters.integer("ListenerPort")
        let transport = context.parameters.text("ListenerProtocol")
        let found = balancer.listeners.indices.filter {
            balancer.listeners[$0].port == port
                && (transport ?? balancer.listeners[$0].transport.rawValue)
                    == balancer.listeners[$0].transport.rawValue
        }
        guard !found.isEmpty else { throw CloudError("InvalidListenerPort") }
        return found
    }

    private static func onlyIndex(of balancer: ENSLoadBalancer, _ context: ActionContext) throws(CloudError) -> Int {
        let found = try indices(of: balancer, context)
        guard found.count == 1 else { throw CloudError("MissingListenerProtocol") }
        return found[0]
    }
}
