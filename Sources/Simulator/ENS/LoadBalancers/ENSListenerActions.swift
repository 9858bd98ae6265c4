import Bytes

/// Making, showing and changing listeners of the four protocols.
enum ENSListenerActions {
    static let handlers: [String: ActionHandler] = ENSListener.Transport.allCases.reduce(into: [:]) { table, transport in
        table.merge(handlers(of: transport)) { first, _ in first }
    }

    private static func handlers(of transport: ENSListener.Transport) -> [String: ActionHandler] {
        let word = transport.rawValue.uppercased()
        return [
            "CreateLoadBalancer\(word)Listener": { world, context throws(CloudError) in
                try create(transport, &world, context)
            },
            "SetLoadBalancer\(word)ListenerAttribute": { world, context throws(CloudError) in
                try change(transport, &world, context)
            },
            "DescribeLoadBalancer\(word)ListenerAttribute": { world, context throws(CloudError) in
                try describe(transport, world, context)
            },
        ]
    }

    /// A new listener is stopped.
    private static func create(
        _ transport: ENSListener.Transport, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> JSONValue {
        let balancer = try world.edgeLoadBalancer(context)
        guard let port = context.parameters.integer("ListenerPort"),
            balancer.listeners.allSatisfy({ $0.port != port || $0.transport.sharesPorts(with: transport) })
        else { throw CloudError("InvalidListenerPort") }
        var given: [String: String] = [:]
        for setting in ENSListenerSetting.all(of: transport) { given[setting.name] = try value(of: setting, context) }
        var listener = ENSListener(
            port: port, transport: transport, state: Timeline(.stopped, since: context.now),
            settings: ENSListenerSetting.values(of: transport, port: port, given))
        try checkForwarding(listener, balancer)
        try checkCookies(listener)
        listener.alignTimeout()
        world.ens.loadBalancers[balancer.id]?.listeners.append(listener)
        return .empty
    }

    /// What the call leaves out stays as it is.
    private static func change(
        _ transport: ENSListener.Transport, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> JSONValue {
        let balancer = try world.edgeLoadBalancer(context)
        let index = try index(transport, balancer, context)
        var listener = balancer.listeners[index]
        guard listener.state.isSettled(at: context.now) else { throw CloudError("IncorrectInstanceStatus") }
        for setting in ENSListenerSetting.all(of: transport) {
            if let value = try value(of: setting, context) { listener.settings[setting.name] = value }
        }
        listener.alignTimeout()
        listener.state = Timeline(
            from: context.now, [(state: .configuring, lasting: context.duration(of: .listenerConfiguring))],
            target: listener.state.target)
        world.ens.loadBalancers[balancer.id]?.listeners[index] = listener
        return .empty
    }

    private static func describe(
        _ transport: ENSListener.Transport, _ world: World, _ context: ActionContext
    ) throws(CloudError) -> JSONValue {
        let balancer = try world.edgeLoadBalancer(context)
        let listener = balancer.listeners[try index(transport, balancer, context)]
        var members: [JSONValue.Member] = [
            .init("ListenerPort", .integer(listener.port)),
            .init("Status", .string(listener.state.state(at: context.now).rawValue)),
            .init("Bandwidth", .integer(world.bandwidth(of: balancer, at: context.now))),
        ]
        let checksHealth = listener.settings["HealthCheck"] == "on"
        for setting in ENSListenerSetting.all(of: transport)
        where setting.isShown && (checksHealth || !setting.isOfHealthCheck) {
            let value = listener.settings[setting.name] ?? ""
            members.append(.init(setting.name, setting.isNumber ? .number(value) : .string(value)))
        }
        return .object(members)
    }

    private static func index(
        _ transport: ENSListener.Transport, _ balancer: ENSLoadBalancer, _ context: ActionContext
    ) throws(CloudError) -> Int {
        let port = context.parameters.integer("ListenerPort")
        let found = balancer.listeners.firstIndex { $0.port == port && $0.transport == transport }
        guard let found else { throw CloudError("InvalidListenerPort") }
        return found
    }

    /// The value of a setting that the call gives, checked; nil when it gives none.
    private static func value(of setting: ENSListenerSetting, _ context: ActionContext) throws(CloudError) -> String? {
        guard let value = context.parameters.text(setting.name) else { return nil }
        let isFine =
            switch setting.name {
            case "Description": !value.isWebAddress
            case "HealthCheckURI": value.hasPrefix("/") && value != "/"
            case "HealthCheckReq", "HealthCheckExp", "Cookie":
                value.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
            default: true
            }
        guard isFine else { throw CloudError("Invalid" + setting.name) }
        return value
    }

    /// HTTP is sent on to an HTTPS listener that exists.
    private static func checkForwarding(_ listener: ENSListener, _ balancer: ENSLoadBalancer) throws(CloudError) {
        guard listener.transport == .http, listener.settings["ListenerForward"] == "on" else { return }
        guard let port = listener.settings["ForwardPort"].flatMap({ Int($0) }), port > 0 else {
            throw CloudError("MissingForwardPort")
        }
        guard balancer.listeners.contains(where: { $0.transport == .https && $0.port == port }) else {
            throw CloudError("InvalidForwardPort")
        }
    }

    /// A planted cookie needs its time, a rewritten one its name.
    private static func checkCookies(_ listener: ENSListener) throws(CloudError) {
        if listener.settings["StickySessionType"] == "insert", listener.settings["CookieTimeout"] == "0" {
            throw CloudError("MissingCookieTimeout")
        }
        if listener.settings["StickySessionType"] == "server", listener.settings["Cookie"] == "" {
            throw CloudError("MissingCookie")
        }
    }
}

extension ENSListener {
    /// A health check waits for its answer until the next one at least.
    fileprivate mutating func alignTimeout() {
        let interval = settings["HealthCheckInterval"].flatMap { Int($0) } ?? 0
        for name in ["HealthCheckTimeout", "HealthCheckConnectTimeout"] {
            guard let timeout = settings[name].flatMap({ Int($0) }), timeout < interval else { continue }
            settings[name] = String(interval)
        }
    }
}
