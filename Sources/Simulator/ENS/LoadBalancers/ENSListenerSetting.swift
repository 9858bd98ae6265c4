/// A setting of listeners: the parameter that gives it, and what holds when none does.
struct ENSListenerSetting: Sendable {
    enum Standard: Sendable {
        case text(String)
        case number(Int)
        /// The port of the listener.
        case listenerPort
        /// The port of the back-end servers.
        case backendPort
    }

    let name: String
    let standard: Standard
    /// Whether answers show it only while health is checked.
    var isOfHealthCheck = false
    /// Whether answers show it at all.
    var isShown = true

    var isNumber: Bool { if case .text = standard { false } else { true } }

    /// The settings of a protocol, in the order of answers. A port comes before those that follow it.
    static func all(of transport: ENSListener.Transport) -> [ENSListenerSetting] {
        switch transport {
        case .tcp:
            common + [
                .init(name: "PersistenceTimeout", standard: .number(0)),
                .init(name: "EstablishedTimeout", standard: .number(900)),
            ] + backend + thresholds + [check("HealthCheckConnectTimeout", .number(5))] + page
                + [check("HealthCheckType", .text("tcp"))]
        case .udp:
            common + backend + thresholds + [
                check("HealthCheckConnectTimeout", .number(5)), check("HealthCheckReq", .text("")),
                check("HealthCheckExp", .text("")),
            ]
        case .http: web + [.init(name: "XForwardedFor", standard: .text("off"), isShown: false)]
        case .https:
            web + [
                .init(name: "StickySessionType", standard: .text(""), isShown: false),
                .init(name: "CookieTimeout", standard: .number(0), isShown: false),
                .init(name: "Cookie", standard: .text(""), isShown: false),
            ]
        }
    }

    /// What holds on a port where `given` says nothing else.
    static func values(
        of transport: ENSListener.Transport, port: Int, _ given: [String: String] = [:]
    ) -> [String: String] {
        var values = given
        for setting in all(of: transport) where values[setting.name] == nil {
            values[setting.name] =
                switch setting.standard {
                case .text(let text): text
                case .number(let number): String(number)
                case .listenerPort: String(port)
                case .backendPort: values["BackendServerPort"] ?? String(port)
                }
        }
        return values
    }

    private static let common: [ENSListenerSetting] = [
        .init(name: "Description", standard: .text("")),
        .init(name: "Scheduler", standard: .text("wrr")),
        .init(name: "HealthCheck", standard: .text("on")),
    ]

    private static let backend: [ENSListenerSetting] = [
        .init(name: "BackendServerPort", standard: .listenerPort),
        .init(name: "EipTransmit", standard: .text("off")),
        check("HealthCheckConnectPort", .backendPort),
    ]

    private static let thresholds: [ENSListenerSetting] = [
        check("HealthyThreshold", .number(3)), check("UnhealthyThreshold", .number(3)),
        check("HealthCheckInterval", .number(2)),
    ]

    /// What is asked for when health is checked by HTTP.
    private static let page: [ENSListenerSetting] = [
        check("HealthCheckDomain", .text("")), check("HealthCheckURI", .text("")),
        check("HealthCheckHttpCode", .text("http_2xx")),
    ]

    private static let web: [ENSListenerSetting] =
        common + [
            .init(name: "ListenerForward", standard: .text("off")),
            .init(name: "ForwardPort", standard: .number(0)),
            .init(name: "IdleTimeout", standard: .number(15)),
            .init(name: "RequestTimeout", standard: .number(60)),
            .init(name: "ServerCertificateId", standard: .text("")),
            check("HealthCheckConnectPort", .listenerPort),
            check("HealthCheckTimeout", .number(5)),
            check("HealthCheckMethod", .text("head")),
        ] + thresholds + page

    private static func check(_ name: String, _ standard: Standard) -> ENSListenerSetting {
        ENSListenerSetting(name: name, standard: standard, isOfHealthCheck: true)
    }
}
