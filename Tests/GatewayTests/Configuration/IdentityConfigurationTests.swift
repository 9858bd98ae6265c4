import Auth
import Bytes
import TestKeys
import Testing

@testable import Gateway

/// What a configuration says about callers: read, and every fault with its place.
@Suite struct IdentityConfigurationTests {
    private static let account = "accounts: {prod: {account-id: \"1\", region: cn-hangzhou, simulated: true}}\n"
    private static let principal =
        "principals: {ann: {tokens: [\"sha256:\(String(repeating: "ab", count: 32))\"], policies: [ReadOnlyAccess]}}\n"

    private static func folder() throws -> ScratchFolder {
        try ScratchFolder([
            "keys.json": keySetText([TestKey("k", .ed25519).jwk()]),
            "bad.json":
                "{\"keys\": [\n{\"kty\": \"RSA\", \"kid\": \"a\", \"n\": \"AAAA\", \"e\": \"AQAB\"},\n{\"kty\": \"oct\", \"k\": \"AAAA\"}]}",
            "ca.pem": SamplePEM.authority, "ca.crl": SamplePEM.revocations, "server.pem": "x", "server.key": "x",
        ])
    }

    private static func load(_ text: String, _ folder: ScratchFolder) throws(ConfigurationFaults) -> Configuration.Loaded {
        try Configuration.load(text: account + text, file: "gateway.yaml", folder: folder.path)
    }

    @Test func everyKey() throws {
        let folder = try Self.folder()
        let loaded = try Self.load(
            """
            listen:
              - address: 127.0.0.1:8443
                tls: {certificate: server.pem, key: server.key, client-ca: ca.pem, client-crl: ca.crl, client-certificate: optional}
              - unix: /run/g.sock
            groups:
              watchers: {policies: [ReadOnlyAccess]}
            principals:
              ann:
                groups: [watchers]
                certificates: [{subject: "CN=a"}, {common-name: a}, {dns: a.b}, {email: a@b}, {uri: "spiffe://a"}]
                unix: {users: [1000, root], groups: [0]}
              ops: {type: role, policies: [AliyunECSFullAccess]}
            jwt:
              - issuer: https://a
                audience: [x, y]
                keys: {url: "https://a/keys", refresh: 1h, ca-file: ca.pem, proxy: none}
                algorithms: [EdDSA]
                clock-skew: 5s
                principal: {claim: [a, b], prefix: p-, map: {x: ann}}
                groups: {claim: roles, map: {y: watchers}}
                mfa: {claim: acr, values: [gold]}
              - {issuer: b, audience: z, keys: {file: keys.json}}
            trusted-proxies: [127.0.0.1, "2001:db8::/32", unix]
            failed-authentications: {limit: 5, window: 2m, delay: 1s, addresses: 100}

            """, folder)
        #expect(loaded.warnings == [])
        let configuration = loaded.configuration
        #expect(
            configuration.listeners[0].tls?.clients
                == .init(authorities: "\(folder.path)/ca.pem", revocations: "\(folder.path)/ca.crl", isRequired: false))
        #expect(configuration.groups == [.init(name: "watchers", policies: ["ReadOnlyAccess"])])
        let ann = try #require(configuration.principals.first)
        #expect(ann.certificates == [.subject("CN=a"), .commonName("a"), .dns("a.b"), .email("a@b"), .uri("spiffe://a")])
        #expect(ann.unixUsers == [1000, 0] && ann.unixGroups == [0] && ann.groups == ["watchers"] && ann.kind == .user)
        #expect(configuration.principals.last?.kind == .role)
        let first = try #require(configuration.issuers.first)
        var fetch = Configuration.Issuer.Fetch(url: "https://a/keys", refresh: .seconds(3600), caFile: "\(folder.path)/ca.pem")
        fetch.proxy = .none
        var expected = Configuration.Issuer(issuer: "https://a", audiences: ["x", "y"], keys: .url(fetch))
        expected.algorithms = [.edDSA]
        expected.clockSkew = .seconds(5)
        expected.principal = ClaimRule(path: ["a", "b"], prefix: "p-", map: [("x", "ann")])
        expected.groups = ClaimRule(path: ["roles"], map: [("y", "watchers")])
        expected.secondFactor = .init(claim: ClaimRule(path: ["acr"]), values: ["gold"])
        #expect(first == expected)
        guard case .file(let path, _)? = configuration.issuers.last?.keys else {
            Issue.record("no file of keys")
            return
        }
        #expect(path == "\(folder.path)/keys.json")
        #expect(configuration.proxies.blocks.count == 2 && configuration.proxies.includesUnixSockets)
        #expect(configuration.failedAuthentications.failures == 5)
        #expect(configuration.failedAuthentications.window == 120_000_000_000)
        #expect(configuration.failedAuthentications.delay == 1_000_000_000)
        #expect(configuration.failedAuthentications.addresses == 100)
    }

    @Test func principalsMayAllComeFromAnIssuer() throws {
        let text = "groups: {a: {policies: [ReadOnlyAccess]}}\njwt: [{issuer: a, audience: b, keys: {file: keys.json}}]\n"
        let loaded = try Self.load(text, try Self.folder())
        #expect(loaded.warnings == [])
        #expect(loaded.configuration.principals == [])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let faults: [(place: String, found: String, allowed: String)]
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "principals",
            text: """
                groups: {watchers: {policies: [ReadOnly]}, "a b": {}}
                principals:
                  ann: {groups: [watcher], certificates: [{dns: a, email: b}, {cn: a}, a], unix: {users: [nobody-here, -1, 4294967295]}}
                  bob: {type: group, certificates: [{dns: c}], unix: {groups: [5]}, tokens: []}
                  eve: {type: role, tokens: [], certificates: [{dns: c}], unix: {groups: [5]}}
                  kim: {unix: {}}

                """,
            faults: [
                ("2:32 groups.watchers.policies[0]", "unknown policy `ReadOnly`", "`ReadOnlyAccess`"),
                ("2:51 groups.a b", "group name `a b`", "1 to 64 letters"),
                ("4:18 principals.ann.groups[0]", "unknown group `watcher`", "did you mean `watchers`?"),
                ("4:43 principals.ann.certificates[0]", "2 kinds of names", "a mapping of one kind of name"),
                ("4:63 principals.ann.certificates[1]", "0 kinds of names", "a mapping of one kind of name"),
                ("4:64 principals.ann.certificates[1]", "unknown key `cn`", "`common-name`"),
                ("4:72 principals.ann.certificates[2]", "a text", "a mapping of one kind of name"),
                ("4:91 principals.ann.unix.users[0]", "`nobody-here`", "by number or name"),
                ("4:104 principals.ann.unix.users[1]", "`-1`", "by number or name"),
                ("4:108 principals.ann.unix.users[2]", "`4294967295`", "by number or name"),
                ("5:15 principals.bob.type", "`group`", "`user` or `role`"),
                ("6:29 principals.eve.tokens", "tokens of a role", "no tokens"),
                ("6:47 principals.eve.certificates", "a name in a certificate that `bob` has too", "each for one principal"),
                ("6:65 principals.eve.unix", "the group 5 that `bob` has too", "each for one principal"),
                ("7:15 principals.kim.unix", "no user and no group", "one at least"),
            ]),
        Case(
            name: "issuers",
            text: """
                \(principal)jwt:
                  - {audience: [], keys: {}}
                  - {issuer: a, audience: b, keys: {file: keys.json, url: "https://a"}}
                  - {issuer: a, audience: b, keys: {url: "http://a.example.com/keys"}}
                  - {issuer: a, audience: b, keys: {url: "https://me:word@a"}}
                  - {issuer: a, audience: b, keys: {url: "http://localhost.example.com/k", refresh: 1s}}
                  - {issuer: a, audience: b, keys: {file: none.json}, algorithms: [HS256, none], clock-skew: 1h}
                  - {issuer: a, audience: b, keys: {file: keys.json}, principal: {claim: [], claims: a}, groups: {}, mfa: {values: []}}
                  - {issuer: a, audience: b, keys: {file: keys.json}, algorithms: []}
                  - a

                """,
            faults: [
                ("4:5 jwt[0].issuer", "nothing", "what `iss`"), ("4:16 jwt[0].audience", "an empty list", "what `aud`"),
                ("4:26 jwt[0].keys", "neither `file` nor `url`", "one of them"),
                ("5:36 jwt[1].keys", "both `file` and `url`", "one of them"),
                ("6:42 jwt[2].keys.url", "`http://a.example.com/keys`", "`https://host/path`"),
                ("7:42 jwt[3].keys.url", "an address with a user name", "`https://host/path`"),
                ("8:42 jwt[4].keys.url", "`http://localhost.example.com/k`", "`https://host/path`"),
                ("8:85 jwt[4].keys.refresh", "`1s`", "from 30s to 1d"),
                ("9:43 jwt[5].keys.file", "none.json`: no such file", "a JSON Web Key Set"),
                ("9:68 jwt[5].algorithms[0]", "`HS256`", "`RS256`, `ES256` or `EdDSA`"),
                ("9:75 jwt[5].algorithms[1]", "`none`", "`RS256`, `ES256` or `EdDSA`"),
                ("9:94 jwt[5].clock-skew", "`1h`", "from 0ms to 10m"),
                ("10:74 jwt[6].principal.claim", "an empty list", "the name of a claim"),
                ("10:78 jwt[6].principal", "unknown key `claims`", "did you mean `claim`?"),
                ("10:116 jwt[6].mfa.values", "an empty list", "second factor"),
                ("11:67 jwt[7].algorithms", "an empty list", "one algorithm at least"),
                ("12:5 jwt[8]", "a text", "a mapping with `issuer`"),
            ]),
        Case(
            name: "proxies and failures",
            text: """
                \(principal)trusted-proxies: [10.0.0.0/33, proxy.example.com, "::ffff:10.0.0.1", 10.0.0.1/8]
                failed-authentications: {limit: 0, window: 2h, delay: 1, addresses: 1, burst: 1}

                """,
            faults: [
                ("3:19 trusted-proxies[0]", "`10.0.0.0/33`", "an address or a block"),
                ("3:32 trusted-proxies[1]", "`proxy.example.com`", "an address or a block"),
                ("3:51 trusted-proxies[2]", "`::ffff:10.0.0.1`", "an address or a block"),
                ("4:33 failed-authentications.limit", "`0`", "1 to 1000000"),
                ("4:44 failed-authentications.window", "`2h`", "from 1s to 1h"),
                ("4:55 failed-authentications.delay", "`1`", "a number with a unit"),
                ("4:69 failed-authentications.addresses", "`1`", "8 to 1000000"),
                ("4:72 failed-authentications", "unknown key `burst`", "`addresses`"),
            ]),
        Case(
            name: "client certificates",
            text: """
                \(principal)listen:
                  - address: 127.0.0.1:1
                    tls: {certificate: server.pem, key: server.key, client-crl: ca.crl, client-certificate: optional}
                  - address: 127.0.0.1:2
                    tls: {certificate: server.pem, key: server.key, client-ca: server.pem, client-certificate: maybe}
                  - address: 127.0.0.1:3
                    tls: {certificate: server.pem, key: server.key, client-ca: ca.pem, client-crl: ca.pem}

                """,
            faults: [
                ("5:65 listen[0].tls.client-crl", "`client-crl` without `client-ca`", "`client-ca` as well"),
                ("5:93 listen[0].tls.client-certificate", "`client-certificate` without `client-ca`", "`client-ca` as well"),
                ("7:64 listen[1].tls.client-ca", "no certificate in PEM", "a PEM file with certificates"),
                ("7:96 listen[1].tls.client-certificate", "`maybe`", "`required` or `optional`"),
                ("9:84 listen[2].tls.client-crl", "no certificate revocation list in PEM", "certificate revocation lists"),
            ]),
    ]

    @Test(arguments: cases)
    func faults(_ line: Case) throws {
        let folder = try Self.folder()
        let errors = ConfigurationFaultTests.faults(in: Self.account + line.text, folder: folder.path).filter {
            $0.severity == .error
        }
        #expect(errors.map { "\($0.line):\($0.column) \($0.path)" } == line.faults.map(\.place))
        for (fault, expected) in zip(errors, line.faults) {
            #expect(fault.found.contains(expected.found), "\(fault)")
            #expect(fault.allowed.contains(expected.allowed), "\(fault)")
            #expect(!fault.description.contains("word"))
        }
    }

    @Test func faultsOfAKeySetNameItsFileAndLine() throws {
        let folder = try Self.folder()
        let text = "\(Self.account)\(Self.principal)jwt: [{issuer: a, audience: b, keys: {file: bad.json}}]\n"
        let faults = ConfigurationFaultTests.faults(in: text, folder: folder.path)
        #expect(
            faults.map { "\($0.severity) \($0.line) \($0.path)" } == ["error 2 keys[0]", "warning 3 keys[1].kty"], "\(faults)")
        #expect(faults.allSatisfy { $0.file == "\(folder.path)/bad.json" })
    }

    @Test(arguments: [
        ("principals: {ann: {certificates: [{dns: a}], policies: [ReadOnlyAccess]}}\n", "no listener with `client-ca`"),
        ("principals: {ann: {unix: {users: [1]}, policies: [ReadOnlyAccess]}}\n", "no listener on a Unix socket"),
        ("principals: {ann: {policies: [ReadOnlyAccess]}}\n", "no token"),
        ("trusted-proxies: [0.0.0.0/0]\n" + principal, "everybody"),
    ])
    func warnings(_ text: String, _ found: String) throws {
        let warnings = try Self.load(text, try Self.folder()).warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.found.contains(found) == true, "\(warnings)")
    }
}
