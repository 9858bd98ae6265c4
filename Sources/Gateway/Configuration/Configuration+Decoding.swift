import Auth
import Logging
import Signer

extension Configuration {
    /// Reads the root of a document. With faults in the collector the result means nothing.
    init(decoding root: ConfigurationValue) {
        self = root.section(allowed: "a mapping with `accounts` and `principals`", Self.init(section:)) ?? Self()
    }

    /// The defaults: a loopback listener and nobody who may call.
    init() {
        listeners = [Listener(.tcp(address: "127.0.0.1", port: 8080))]
        threads = .auto
        accounts = []
        principals = []
        groups = []
        issuers = []
        proxies = Proxies()
        failedAuthentications = FailureGuard.Limits()
        policies = [:]
        cache = Cache()
        limits = Limits()
        cors = CORS()
        log = Log()
        shutdown = Shutdown()
        simulator = Simulator()
        reload = Reload()
    }

    private init(section: ConfigurationSection) {
        self.init()
        if section["listen"].isPresent { listeners = Listener.all(section["listen"]) }
        threads = Threads(section["threads"])
        accounts = Account.all(section["accounts"])
        let folder = PolicyFolder(section["policies"])
        policies = folder.documents
        groups = Group.all(section["groups"], policies: folder.names)
        issuers = Issuer.all(section["jwt"])
        let surroundings = Principal.Surroundings(
            policies: folder.names, groups: groups.map(\.name), hasIssuers: section["jwt"].isPresent)
        principals = Principal.all(section["principals"], surroundings)
        checkRoles(section["principals"])
        accessKeyMaster = Principal.AccessKey.master(section["access-keys"])
        Principal.AccessKey.check(principals, hasMaster: accessKeyMaster != nil, accounts.map(\.name), section["principals"])
        checkIdentities(section["principals"])
        proxies = Proxies(section["trusted-proxies"])
        failedAuthentications = section["failed-authentications"].settings(
            FailureGuard.Limits(), FailureGuard.Limits.init(section:))
        cache = section["cache"].settings(Cache(), Cache.init(section:))
        limits = section["limits"].settings(Limits(), Limits.init(section:))
        cors = section["cors"].settings(CORS(), CORS.init(section:))
        log = section["log"].settings(Log(), Log.init(section:))
        shutdown = section["shutdown"].settings(Shutdown(), Shutdown.init(section:))
        simulator = section["simulator"].settings(Simulator(), Simulator.init(section:))
        reload = section["reload"].settings(Reload(), Reload.init(section:))
        if section["audit"].isPresent {
            audit = section["audit"].section(allowed: "a mapping with `path`") { Audit(section: $0) }
        }
        if section["pid-file"].isPresent { processFile = section["pid-file"].path(allowed: "the path of a file to write") }
    }
}

extension Configuration {
    /// Identities that no listener can show are of no use.
    private func checkIdentities(_ value: ConfigurationValue) {
        if principals.contains(where: { !$0.certificates.isEmpty }), !listeners.contains(where: { $0.tls?.clients != nil }) {
            value.warn(found: "`certificates`, and no listener with `client-ca`", better: "add `client-ca` to the `tls` of one")
        }
        let isUnix = listeners.contains { if case .unix = $0.endpoint { true } else { false } }
        if principals.contains(where: { !$0.unixUsers.isEmpty || !$0.unixGroups.isEmpty }), !isUnix {
            value.warn(found: "`unix`, and no listener on a Unix socket", better: "add one to `listen`")
        }
    }

    /// A role in an account that nobody calls is a slip of the pen.
    private func checkRoles(_ value: ConfigurationValue) {
        let known = Set(accounts.map(\.accountID))
        for principal in principals {
            for role in principal.roles {
                guard let account = RoleSession.account(ofRole: role), !known.contains(account) else { continue }
                value.report(
                    found: "a role of account \(account.quoted) for \(principal.name.quoted)",
                    allowed: "roles of the accounts \(known.sorted().alternatives)")
            }
        }
    }
}

extension Configuration.Threads {
    fileprivate init(_ value: ConfigurationValue) {
        let allowed = "`auto` or a whole number from 1 to 256"
        self = .auto
        guard value.isPresent, let text = value.scalar(allowed: allowed), text != "auto" else { return }
        guard let count = Int(text), (1...256).contains(count) else {
            value.report(found: text.quoted, allowed: allowed)
            return
        }
        self = .count(count)
    }
}

extension Configuration.Cache {
    fileprivate init(section: ConfigurationSection) {
        let standard = Self()
        memory = section["memory"].size(standard.memory, in: 0...(1 << 40))
        ttl = section["ttl"].settings(TTL(), TTL.init(section:))
        settling = section["settling"].duration(standard.settling, in: .zero...Quantity.hour)
        settlingTTL = section["settling-ttl"].duration(standard.settlingTTL, in: .zero...Quantity.hour)
    }
}

extension Configuration.Cache.TTL {
    fileprivate init(section: ConfigurationSection) {
        let standard = Self()
        self.static = section["static"].duration(standard.static, in: .zero...(Quantity.hour * 24))
        list = section["list"].duration(standard.list, in: .zero...Quantity.hour)
        detail = section["detail"].duration(standard.detail, in: .zero...Quantity.hour)
        volatile = section["volatile"].duration(standard.volatile, in: .zero...Quantity.hour)
    }
}

extension Configuration.Limits {
    fileprivate init(section: ConfigurationSection) {
        let standard = Self()
        let times = Duration.milliseconds(100)...Quantity.hour
        head = section["head"].size(standard.head, in: 1024...(1 << 20))
        headers = section["headers"].integer(standard.headers, in: 8...128)
        url = section["url"].size(min(standard.url, head), in: 256...(1 << 20))
        body = section["body"].size(standard.body, in: 0...(1 << 30))
        nesting = section["nesting"].integer(standard.nesting, in: 4...1000)
        connections = section["connections"].integer(standard.connections, in: 1...1_000_000)
        let perAddress = section["connections-per-address"]
        connectionsPerAddress = perAddress.isPresent ? perAddress.integer(1, in: 1...1_000_000) : nil
        idleTime = section["idle-time"].duration(standard.idleTime, in: times)
        headTime = section["head-time"].duration(standard.headTime, in: times)
        bodyTime = section["body-time"].duration(standard.bodyTime, in: times)
        writeTime = section["write-time"].duration(standard.writeTime, in: times)
        gatheredItems = section["gathered-items"].integer(standard.gatheredItems, in: 1...1_000_000)
        if url > head {
            section["url"].report(
                found: Quantity.text(bytes: url).quoted,
                allowed: "at most `head`, \(Quantity.text(bytes: head)), since the URL is part of it"
            )
        }
    }
}

extension Configuration.Audit {
    fileprivate init(section: ConfigurationSection) {
        path = section["path"].path(allowed: "the path of a file to append to")
        onFailure = section["on-failure"].choice(.continue)
    }
}

extension Configuration.Reload {
    fileprivate init(section: ConfigurationSection) {
        let standard = Self()
        watch = section["watch"].flag(standard.watch)
        interval = section["interval"].duration(standard.interval, in: .milliseconds(50)...Quantity.hour)
    }
}

extension Configuration.CORS {
    fileprivate init(section: ConfigurationSection) {
        let standard = Self()
        let allowed = "an origin, `https://host[:port]`, or `*`"
        let list = section["origins"]
        origins =
            list.isPresent
            ? list.list(allowed: "a list of origins").compactMap { element in
                guard let text = element.scalar(allowed: allowed) else { return nil }
                if text != "*", Endpoint(text)?.description != "\(text)/" { element.report(found: text.quoted, allowed: allowed) }
                return text
            } : []
        maxAge = section["max-age"].duration(standard.maxAge, in: .zero...(Quantity.hour * 24))
    }
}

extension Configuration.Log {
    fileprivate init(section: ConfigurationSection) {
        let standard = Self()
        level = section["level"].choice(standard.level)
        format = section["format"].choice(standard.format)
        access = section["access"].flag(standard.access)
    }
}

extension Configuration.Shutdown {
    fileprivate init(section: ConfigurationSection) {
        grace = section["grace"].duration(Self().grace, in: .zero...Quantity.hour)
    }
}

extension Configuration.Simulator {
    /// What ``speed(_:)`` reads, in words.
    static let speedForm = "a number from 0.01 to 1000000, 1 being real time"

    /// A factor for the simulated clock; nil for everything that is not of ``speedForm``.
    static func speed(_ text: String) -> Double? {
        guard let factor = Double(text), (0.01...1_000_000).contains(factor) else { return nil }
        return factor
    }

    fileprivate init(section: ConfigurationSection) {
        let value = section["speed"]
        guard value.isPresent, let text = value.scalar(allowed: Self.speedForm) else { return }
        if let factor = Self.speed(text) {
            speed = factor
        } else {
            value.report(found: text.quoted, allowed: Self.speedForm)
        }
    }
}
