extension SLB.ListenerSetting {
    private typealias Proto = SLB.Listener.Proto

    private static let every = Set(Proto.allCases)
    private static let plain: Set<Proto> = [.tcp, .udp]
    private static let web: Set<Proto> = [.http, .https]
    private static let checked = (name: "HealthCheck", value: "on")

    /// Every setting, in the order in which answers show them. What the reference gives no default is what the real cloud takes.
    static let all: [SLB.ListenerSetting] =
        [
            .init(name: "BackendServerPort", protocols: every, isNumber: true, place: .top),
            .init(name: "Bandwidth", protocols: every, isNumber: true, place: .top, initial: "-1"),
            .init(name: "Description", protocols: every, place: .top),
            .init(name: "Scheduler", protocols: every, place: .top, initial: "wrr"),
            .init(name: "VServerGroupId", protocols: every, place: .top),
            .init(name: "MasterSlaveServerGroupId", protocols: plain),
            .init(name: "AclStatus", protocols: every, place: .top, initial: "off"),
            .init(name: "AclId", protocols: every, place: .top, condition: ("AclStatus", "on")),
            .init(name: "AclType", protocols: every, place: .top, initial: "white", condition: ("AclStatus", "on")),
        ] + sessions + forwarding + healthChecks

    private static let sessions: [SLB.ListenerSetting] = [
        .init(name: "PersistenceTimeout", protocols: [.tcp], isNumber: true, initial: "0"),
        .init(name: "EstablishedTimeout", protocols: [.tcp], isNumber: true, initial: "900"),
        .init(name: "ConnectionDrain", protocols: [.tcp], initial: "off"),
        .init(name: "ConnectionDrainTimeout", protocols: [.tcp], isNumber: true, condition: ("ConnectionDrain", "on")),
        .init(name: "SynProxy", protocols: [.tcp], place: .single, initial: "disable"),
        .init(name: "ConnectionDrain", protocols: [.udp], place: .partOnly, initial: "off", isSettable: false),
        .init(name: "StickySession", protocols: web, initial: "off"),
        .init(name: "StickySessionType", protocols: web, condition: ("StickySession", "on")),
        .init(name: "CookieTimeout", protocols: web, isNumber: true, condition: ("StickySessionType", "insert")),
        .init(name: "Cookie", protocols: web, condition: ("StickySessionType", "server")),
        .init(name: "IdleTimeout", protocols: web, isNumber: true, initial: "15"),
        .init(name: "RequestTimeout", protocols: web, isNumber: true, initial: "60"),
    ]

    private static let forwarding: [SLB.ListenerSetting] = [
        .init(name: "XForwardedFor", protocols: web, initial: "on"),
        .init(name: "XForwardedFor_SLBIP", protocols: web, initial: "off"),
        .init(name: "XForwardedFor_SLBID", protocols: web, initial: "off"),
        .init(name: "XForwardedFor_proto", protocols: web, initial: "off"),
        .init(name: "XForwardedFor_ClientSrcPort", protocols: [.http], place: .partOnly, initial: "off", isSettable: false),
        .init(name: "XForwardedFor_SLBPORT", protocols: [.http], place: .partOnly, initial: "off", isSettable: false),
        .init(name: "XForwardedFor_ClientSrcPort", protocols: [.https], initial: "off", isSettable: false),
        .init(name: "XForwardedFor_SLBPORT", protocols: [.https], initial: "off", isSettable: false),
        .init(name: "XForwardedFor_ClientCertSubjectDN", protocols: [.https], initial: "off", isSettable: false),
        .init(name: "XForwardedFor_ClientCertIssuerDN", protocols: [.https], initial: "off", isSettable: false),
        .init(name: "XForwardedFor_ClientCertFingerprint", protocols: [.https], initial: "off", isSettable: false),
        .init(name: "XForwardedFor_ClientCertClientVerify", protocols: [.https], initial: "off", isSettable: false),
        .init(name: "Gzip", protocols: web, initial: "on"),
        .init(name: "SecurityStatus", protocols: web, place: .single, initial: "on", isSettable: false),
        .init(name: "ListenerForward", protocols: [.http], initial: "off"),
        .init(name: "ForwardPort", protocols: [.http], isNumber: true, condition: ("ListenerForward", "on")),
        .init(name: "ServerCertificateId", protocols: [.https]),
        .init(name: "CACertificateId", protocols: [.https]),
        .init(name: "EnableHttp2", protocols: [.https], initial: "on"),
        .init(name: "TLSCipherPolicy", protocols: [.https], initial: "tls_cipher_policy_1_0"),
    ]

    private static let healthChecks: [SLB.ListenerSetting] = [
        .init(name: "HealthCheck", protocols: every, initial: "on"),
        .init(name: "HealthCheckType", protocols: [.tcp], initial: "tcp"),
        .init(name: "HealthCheckType", protocols: web, place: .partOnly, initial: "http", condition: checked, isSettable: false),
        .init(
            name: "HealthCheckMethod", protocols: [.tcp], initial: "head", condition: ("HealthCheckType", "http"),
            isSettable: false),
        .init(name: "HealthCheckMethod", protocols: web, initial: "head", condition: checked),
        .init(
            name: "HealthCheckHttpVersion", protocols: web, place: .partOnly, initial: "HTTP 1.0", condition: checked,
            isSettable: false),
        .init(name: "HealthCheckHttpCode", protocols: [.tcp], initial: "http_2xx", condition: ("HealthCheckType", "http")),
        .init(name: "HealthCheckHttpCode", protocols: web, initial: "http_2xx", condition: checked),
        .init(name: "HealthCheckDomain", protocols: [.tcp], condition: ("HealthCheckType", "http")),
        .init(name: "HealthCheckDomain", protocols: web, condition: checked),
        .init(name: "HealthCheckURI", protocols: [.tcp], condition: ("HealthCheckType", "http")),
        .init(name: "HealthCheckURI", protocols: web, condition: checked),
        .init(name: "HealthCheckConnectPort", protocols: every, isNumber: true, condition: checked),
        .init(name: "HealthCheckConnectTimeout", protocols: [.tcp], isNumber: true, initial: "5", condition: checked),
        .init(name: "HealthCheckConnectTimeout", protocols: [.udp], isNumber: true, initial: "10", condition: checked),
        .init(name: "HealthCheckTimeout", protocols: web, isNumber: true, initial: "5", condition: checked),
        .init(name: "HealthCheckInterval", protocols: [.udp], isNumber: true, initial: "5", condition: checked),
        .init(name: "HealthCheckInterval", protocols: [.tcp, .http, .https], isNumber: true, initial: "2", condition: checked),
        .init(name: "HealthyThreshold", protocols: every, isNumber: true, initial: "3", condition: checked),
        .init(name: "UnhealthyThreshold", protocols: every, isNumber: true, initial: "3", condition: checked),
        .init(name: "HealthCheckReq", protocols: [.udp], condition: checked),
        .init(name: "HealthCheckExp", protocols: [.udp], condition: checked),
    ]
}
