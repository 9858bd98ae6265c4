extension SLB {
    /// A port of a load balancer that forwards to servers.
    struct Listener: Sendable {
        enum Proto: String, Hashable, Sendable, CaseIterable { case tcp, udp, http, https }

        enum State: String, Hashable, Sendable { case stopped, starting, running }

        /// What tells listeners apart.
        struct Key: Hashable, Sendable {
            var loadBalancerId: String
            var port: Int
            var proto: Proto

            var text: String { "\(loadBalancerId)/\(proto.rawValue)/\(port)" }
        }

        let loadBalancerId: String
        let port: Int
        let proto: Proto
        let creationTime: SimulatedTime
        var state: Timeline<State>
        /// By the names that answers give them; see ``ListenerSetting``.
        var settings: [String: String] = [:]
        var whiteList = WhiteList()

        /// The older way to control access.
        struct WhiteList: Sendable {
            var isOpen = false
            var items: [String] = []
        }

        var key: Key { Key(loadBalancerId: loadBalancerId, port: port, proto: proto) }

        /// A setting, nil when it has no value.
        subscript(name: String) -> String? {
            get { settings[name] }
            set { settings[name] = newValue.flatMap { $0.isEmpty ? nil : $0 } }
        }

        /// A setting that is a number; nil when it has no value.
        func number(_ name: String) -> Int? { settings[name].flatMap { Int($0) } }

        /// Whether a switch is on.
        func isOn(_ name: String) -> Bool { settings[name] == "on" }

        /// The server group that it forwards to; nil for the default one.
        var serverGroupId: String? { self["VServerGroupId"] ?? self["MasterSlaveServerGroupId"] }
    }
}

extension SLBWorld {
    /// The listener that a call names by its port, and by its protocol where the port has several.
    func listener(
        of loadBalancer: SLB.LoadBalancer, _ context: ActionContext, _ proto: SLB.Listener.Proto? = nil
    ) throws(CloudError) -> SLB.Listener {
        guard let port = context.parameters.integer("ListenerPort") else { throw .missing("ListenerPort") }
        let wanted = proto ?? context.parameters.text("ListenerProtocol").flatMap { SLB.Listener.Proto(rawValue: $0) }
        let found = listeners(of: loadBalancer.id).filter { $0.port == port && (wanted == nil || $0.proto == wanted) }
        guard let first = found.first else { throw CloudError("ListenerNotFound") }
        guard found.count == 1 else { throw CloudError("TooManyListeners") }
        return first
    }
}
