import Auth
import Bytes
import Signer
import Testing

@testable import Gateway

@Suite struct ConfigurationTests {
    static let first = String(repeating: "0a", count: 32)
    static let second = String(repeating: "1b", count: 32)
    static let policy = """
        {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}]}
        """

    static func hash(_ digits: String) throws -> TokenHash {
        try Array("sha256:\(digits)".utf8).withView { (text) throws(TokenHashFault) in try TokenHash(parsing: text) }
    }

    static func endpoints(_ texts: [String: String]) throws -> [String: Endpoint] {
        try texts.mapValues { try #require(Endpoint($0)) }
    }

    @Test func aWholeConfiguration() throws {
        let folder = try ScratchFolder([
            "server.pem": "", "server.key": "", "clients.pem": SamplePEM.authority, "ca.pem": "",
            "policies/read-only.json": Self.policy, "policies/ecs-operators.json": Self.policy,
        ])
        try folder.writeSecret("[stack]\ntype=access_key\naccess_key_id=a\naccess_key_secret=b\n", to: "credentials")
        let loaded = try Configuration.load(
            text: """
                listen:
                  - address: 127.0.0.1:8080
                  - address: 0.0.0.0:8443
                    tls: {certificate: server.pem, key: server.key, client-ca: clients.pem}
                  - address: "[::]:8444"
                    tls: {certificate: \(folder.path)/server.pem, key: server.key}
                  - unix: /run/acs-gateway/gateway.sock
                threads: 4
                accounts:
                  prod:
                    default: true
                    account-id: "1234567890123456"
                    dialect: public
                    region: cn-hangzhou
                    signature: acs3
                    credentials: {type: environment}
                    endpoints: {ecs: "https://ecs.cn-hangzhou.aliyuncs.com/", sts: https://sts.cn-hangzhou.aliyuncs.com}
                  stack:
                    account-id: 42
                    dialect: apsara
                    region: cn-north-1
                    signature: hmac-sha256
                    credentials: {type: file, path: credentials, profile: stack}
                    endpoints: {ecs: http://127.0.0.1:9000}
                    uncatalogued-actions: true
                    organization: 7
                    resource-set: rs-1
                    headers: {x-acs-caller: gateway}
                    ca-file: ca.pem
                    proxy: http://proxy:3128
                    timeouts: {connect: 250ms, first-byte: 1s, total: 2m}
                    response-limit: 1MiB
                principals:
                  dashboard:
                    tokens: ["sha256:\(Self.first)"]
                    policies: [read-only]
                  deployer:
                    tokens:
                      - {hash: "sha256:\(Self.second.uppercased())", name: laptop, expires: "2027-01-31T00:00:00Z"}
                    policies: [ecs-operators, read-only]
                    assume-role: ["acs:ram::42:role/deployer", "acs:ram::1234567890123456:role/deployer"]
                policies: policies/
                cache: {memory: 64MiB, ttl: {static: 1h, list: 20s, detail: 0s, volatile: 1s}, settling: 1m, settling-ttl: 2s}
                limits: {head: 16KiB, headers: 100, url: 8KiB, body: 2MiB, nesting: 64, connections: 100, connections-per-address: 10, idle-time: 1m, head-time: 5s, body-time: 6s, write-time: 7s, gathered-items: 500}
                cors: {origins: ["https://dash.example.com"], max-age: 1h}
                log: {level: debug, format: json, access: false}
                shutdown: {grace: 5s}
                simulator: {speed: 2.5}

                """,
            file: "gateway.yaml", folder: folder.path
        )
        let configuration = loaded.configuration
        #expect(loaded.warnings == [])
        #expect(
            configuration.listeners == [
                .init(.tcp(address: "127.0.0.1", port: 8080)),
                .init(
                    .tcp(address: "0.0.0.0", port: 8443),
                    tls: .init(
                        certificate: "\(folder.path)/server.pem", key: "\(folder.path)/server.key",
                        clients: .init(authorities: "\(folder.path)/clients.pem")
                    )
                ),
                .init(
                    .tcp(address: "::", port: 8444),
                    tls: .init(certificate: "\(folder.path)/server.pem", key: "\(folder.path)/server.key")
                ),
                .init(.unix(path: "/run/acs-gateway/gateway.sock", mode: 0o660)),
            ]
        )
        #expect(configuration.threads == .count(4))
        var prod = Configuration.Account(
            name: "prod", accountID: "1234567890123456", region: "cn-hangzhou",
            upstream: .cloud(
                endpoints: try Self.endpoints([
                    "ecs": "https://ecs.cn-hangzhou.aliyuncs.com", "vpc": "https://vpc.aliyuncs.com",
                    "slb": "https://slb.aliyuncs.com", "ens": "https://ens.aliyuncs.com",
                    "sts": "https://sts.cn-hangzhou.aliyuncs.com",
                ]), credentials: .environment
            )
        )
        prod.signature = .acs3
        var stack = Configuration.Account(
            name: "stack", accountID: "42", region: "cn-north-1",
            upstream: .cloud(
                endpoints: try Self.endpoints(["ecs": "http://127.0.0.1:9000"]),
                credentials: .profile(ProfileFile(.ini, path: "\(folder.path)/credentials", profile: "stack"))
            )
        )
        stack.isDefault = false
        stack.dialect = .apsara
        stack.signature = .hmacSHA256
        stack.allowsUncataloguedActions = true
        stack.headers = [
            .init(name: "x-acs-caller", value: "gateway"), .init(name: "x-acs-organizationid", value: "7"),
            .init(name: "x-acs-resourcegroupid", value: "rs-1"),
        ]
        stack.namesRegionInHeader = true
        stack.caFile = "\(folder.path)/ca.pem"
        stack.proxy = .address(try #require(Endpoint("http://proxy:3128")))
        stack.timeouts = .init(connect: .milliseconds(250), firstByte: .seconds(1), total: .seconds(120))
        stack.responseLimit = 1 << 20
        #expect(configuration.accounts == [prod, stack])
        #expect(configuration.defaultAccount?.name == "prod")
        let expiry = Timestamp(year: 2027, month: 1, day: 31, hour: 0, minute: 0, second: 0)
        var deployer = Configuration.Principal(
            name: "deployer", tokens: [.init(name: "laptop", hash: try Self.hash(Self.second), expires: expiry)],
            policies: ["ecs-operators", "read-only"]
        )
        deployer.roles = ["acs:ram::42:role/deployer", "acs:ram::1234567890123456:role/deployer"]
        #expect(
            configuration.principals == [
                .init(name: "dashboard", tokens: [.init(hash: try Self.hash(Self.first))], policies: ["read-only"]), deployer,
            ]
        )
        let own = configuration.policies.keys.filter { SystemPolicies.document(named: $0) == nil }
        #expect(own.sorted() == ["ecs-operators", "read-only"])
        #expect(configuration.policies["AliyunECSReadOnlyAccess"] != nil)
        #expect(configuration.policies["read-only"]?.name == "read-only")
        let ttl = Configuration.Cache.TTL(
            static: .seconds(3600), list: .seconds(20), detail: .zero, volatile: .seconds(1)
        )
        #expect(
            configuration.cache
                == .init(memory: 64 << 20, ttl: ttl, settling: .seconds(60), settlingTTL: .seconds(2))
        )
        #expect(
            configuration.limits
                == .init(
                    head: 16 << 10, headers: 100, url: 8 << 10, body: 2 << 20, nesting: 64, connections: 100,
                    connectionsPerAddress: 10, idleTime: .seconds(60), headTime: .seconds(5), bodyTime: .seconds(6),
                    writeTime: .seconds(7), gatheredItems: 500
                )
        )
        #expect(configuration.cors == .init(origins: ["https://dash.example.com"], maxAge: .seconds(3600)))
        #expect(configuration.log == .init(level: .debug, format: .json, access: false))
        #expect(configuration.shutdown == .init(grace: .seconds(5)))
        #expect(configuration.simulator == .init(speed: 2.5))
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        let loaded = try Configuration.load(
            text: """
                accounts: {only: {account-id: "1", region: cn-hangzhou, simulated: true}}
                principals: {ann: {tokens: ["sha256:\(Self.first)"], policies: []}}

                """,
            file: "gateway.yaml", folder: "."
        )
        let configuration = loaded.configuration
        #expect(configuration.listeners == [.init(.tcp(address: "127.0.0.1", port: 8080))])
        #expect(configuration.threads == .auto)
        #expect(configuration.accounts.map(\.isDefault) == [true])
        #expect(configuration.accounts.first?.upstream == .simulated)
        #expect(configuration.accounts.first?.signature == .hmacSHA1)
        #expect(configuration.cache == Configuration.Cache())
        #expect(configuration.limits == Configuration.Limits())
        #expect(configuration.cors.origins.isEmpty)
        #expect(configuration.log == Configuration.Log())
    }

    /// A limit below the default of another one takes that along.
    @Test func defaultsFollowWhatIsGiven() throws {
        let loaded = try Configuration.load(
            text: """
                accounts:
                  a: {account-id: "1", region: r, timeouts: {total: 3s}}
                principals: {ann: {tokens: ["sha256:\(Self.first)"], policies: []}}
                limits: {head: 2KiB}

                """,
            file: "gateway.yaml", folder: "."
        )
        #expect(loaded.configuration.limits.url == 2048)
        let timeouts = try #require(loaded.configuration.accounts.first?.timeouts)
        #expect(timeouts == .init(connect: .seconds(3), firstByte: .seconds(3), total: .seconds(3)))
    }

    /// What works and is unwise does not stop the start.
    @Test func warnings() throws {
        let loaded = try Configuration.load(
            text: """
                listen:
                  - address: 0.0.0.0:8080
                accounts:
                  only: {account-id: "1", region: cn-hangzhou, endpoints: {ecs: http://ecs.example.com}}
                principals:
                  ann: {policies: []}

                """,
            file: "gateway.yaml", folder: "."
        )
        #expect(
            loaded.warnings.map { "\($0.severity) \($0.line):\($0.column) \($0.path): \($0.found)" } == [
                "warning 2:14 listen[0].address: plain HTTP on `0.0.0.0:8080`, which other machines reach",
                "warning 4:65 accounts.only.endpoints.ecs: plain HTTP to `ecs.example.com`",
                "warning 6:8 principals.ann: no token",
                "warning 6:8 principals.ann: no policy",
            ]
        )
    }

    @Test(
        arguments: [
            ("127.0.0.1:80", "127.0.0.1:80"), ("[::1]:0", "[::1]:0"), ("[fe80::1]:65535", "[fe80::1]:65535"),
            ("0.0.0.0:8080", "0.0.0.0:8080"),
            ("127.0.0.1", nil), ("127.0.0.1:", nil), (":80", nil), ("127.0.0.1:65536", nil), ("127.1:80", nil),
            ("[127.0.0.1]:80", nil), ("::1:80", nil), ("[::1]", nil), ("host:80", nil), ("127.0.0.1:+80", nil), ("", nil),
            ("127.0.0.1:80 ", nil),
        ] as [(String, String?)])
    func listenAddresses(_ text: String, _ read: String?) {
        #expect(Configuration.Listener.Endpoint(address: text)?.description == read)
    }
}
