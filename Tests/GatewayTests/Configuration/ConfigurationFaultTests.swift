import Testing

@testable import Gateway

/// Faulty configurations, and every fault that is to be told about them.
@Suite struct ConfigurationFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        /// `line:column path` and what the message has to hold.
        let faults: [(place: String, found: String, allowed: String)]
        var testDescription: String { name }
    }

    static let hash = String(repeating: "ab", count: 32)
    static let account = """
        accounts:
          prod: {account-id: "1", region: cn-hangzhou}

        """
    static let principal = """
        principals:
          ann: {tokens: ["sha256:\(hash)"], policies: [reader]}

        """

    static let cases: [Case] = [
        Case(
            name: "unknown key at the top, nearest offered", text: "\(account)\(principal)acounts: 1\n",
            faults: [("5:1 ", "unknown key `acounts`", "did you mean `accounts`?")]
        ),
        Case(
            name: "unknown key far from all lists them", text: "\(account)\(principal)shutdown: {zzzzzz: 1}\n",
            faults: [("5:12 shutdown", "unknown key `zzzzzz`", "`grace`")]
        ),
        Case(
            name: "keys given twice, all of them",
            text: """
                accounts:
                  prod:
                    account-id: "1"
                    region: cn-hangzhou
                    region: cn-beijing
                principals:
                  ann: {tokens: ["sha256:\(hash)"], policies: [reader], tokens: []}
                log: {level: info}
                log: {level: debug}

                """,
            faults: [
                ("5:5 accounts.prod", "`region` a second time, first in line 4", "each key once"),
                ("7:114 principals.ann", "`tokens` a second time, first in line 7", "each key once"),
                ("9:1 ", "`log` a second time, first in line 8", "each key once"),
            ]
        ),
        Case(
            name: "no accounts, no principals", text: "log: {level: info}\n",
            faults: [
                ("1:1 accounts", "nothing", "a mapping of account names"),
                ("1:1 principals", "nothing", "a mapping of principal names"),
            ]
        ),
        Case(
            name: "empty file", text: "",
            faults: [("0:0 ", "nothing", "a mapping with `accounts` and `principals`")]
        ),
        Case(
            name: "a list at the top", text: "- a\n",
            faults: [("1:1 ", "a list", "a mapping with `accounts` and `principals`")]
        ),
        Case(
            name: "no YAML", text: "accounts: {\n", faults: [("2:1 ", "no YAML", "YAML")]
        ),
        Case(
            name: "listeners",
            text: """
                \(account)\(principal)listen:
                  - address: localhost:8080
                  - address: 127.0.0.1:80800
                  - address: "::1:80"
                  - unix: /tmp/a
                    mode: "660"
                  - unix: /tmp/b
                    address: 127.0.0.1:1
                  - {}
                  - address: 127.0.0.1:9000
                  - address: 127.0.0.1:9000
                  - unix: /tmp/c
                    tls: {certificate: a, key: b}
                  - 127.0.0.1:80

                """,
            faults: [
                ("6:14 listen[0].address", "`localhost:8080`", "`localhost` is `127.0.0.1`"),
                ("7:14 listen[1].address", "`127.0.0.1:80800`", "an address in digits and a port"),
                ("8:14 listen[2].address", "`::1:80`", "`[::1]:8080`"),
                ("10:11 listen[3].mode", "`660`", "three octal digits after a zero"),
                ("11:5 listen[4]", "both `address` and `unix`", "one of them"),
                ("13:5 listen[5]", "neither `address` nor `unix`", "one of them"),
                ("15:5 listen[7]", "`127.0.0.1:9000` a second time", "each address once"),
                ("17:10 listen[8].tls", "`tls` beside `unix`", "`address` only"),
                ("17:24 listen[8].tls.certificate", "no such file or directory", "PEM"),
                ("17:32 listen[8].tls.key", "no such file or directory", "PEM"),
                ("18:5 listen[9]", "a text", "a mapping with `address` or `unix`"),
            ]
        ),
        Case(
            name: "an empty list of listeners", text: "\(account)\(principal)listen: []\n",
            faults: [("5:9 listen", "an empty list", "at least one listener")]
        ),
        Case(
            name: "account values",
            text: """
                accounts:
                  prod:
                    account-id:
                    region: cn hangzhou
                    dialect: apsra
                    signature: md5
                    uncatalogued-actions: yes
                    response-limit: 12
                    proxy: socks5://h:1
                    timeouts: {connect: 5, first-byte: 2s, total: 1s}
                    headers: {Host: a, "x y": b, x-ok: "\\t"}
                    ca-file: /nowhere/ca.pem
                    endpoints: {ecs: ftp://h, esc: https://h, vpc: "https://user:word@h", slb: https://h/path}
                \(principal)
                """,
            faults: [
                ("3:16 accounts.prod.account-id", "nothing", "the number of the cloud account"),
                ("4:13 accounts.prod.region", "`cn hangzhou`", "a region id"),
                ("5:14 accounts.prod.dialect", "`apsra`", "`public` or `apsara`; did you mean `apsara`?"),
                ("6:16 accounts.prod.signature", "`md5`", "`hmac-sha1`, `hmac-sha256` or `acs3`"),
                ("7:27 accounts.prod.uncatalogued-actions", "`yes`", "`true` or `false`"),
                ("8:21 accounts.prod.response-limit", "`12`", "a number with a unit"),
                ("9:12 accounts.prod.proxy", "`socks5://h:1`", "`environment`, `none` or `http://host:port`"),
                ("10:25 accounts.prod.timeouts.connect", "`5`", "a number with a unit, ms, s, m, h or d"),
                ("10:51 accounts.prod.timeouts.total", "`1s`", "at least as long as"),
                ("11:21 accounts.prod.headers.Host", "header `Host`", "does not set itself"),
                ("11:31 accounts.prod.headers.x y", "header name `x y`", "letters, digits and `-`"),
                ("11:40 accounts.prod.headers.x-ok", "`\u{FFFD}`", "printable ASCII"),
                ("12:14 accounts.prod.ca-file", "`/nowhere/ca.pem`: no such file or directory", "PEM"),
                ("13:22 accounts.prod.endpoints.ecs", "`ftp://h`", "`https://host[:port]`"),
                ("13:36 accounts.prod.endpoints.esc", "unknown product `esc`", "did you mean `ecs`?"),
                ("13:52 accounts.prod.endpoints.vpc", "an address with a user name", "`https://host[:port]`"),
                ("13:80 accounts.prod.endpoints.slb", "`https://h/path`", "`https://host[:port]`"),
            ]
        ),
        Case(
            name: "tenants of the private cloud",
            text: """
                accounts:
                  a: {default: true, account-id: 1, region: r, credentials: {type: environment}, organization: 7}
                  b: {account-id: 2, region: r, credentials: {type: environment}, endpoints: {ecs: "http://h"}, dialect: apsara,
                    organization: a b, resource-set: "", headers: {X-Acs-ResourceGroupId: 5}}
                  c: {account-id: 3, region: r, credentials: {type: environment}, endpoints: {ecs: "http://h"}, dialect: apsara,
                    organization: 7, signature: acs3}
                \(principal)
                """,
            faults: [
                ("2:96 accounts.a.organization", "`organization` in an account of the public cloud", "`dialect: apsara` only"),
                ("4:19 accounts.b.organization", "`a b`", "an id"),
                ("4:38 accounts.b.resource-set", "beside the header `x-acs-resourcegroupid`", "one of them"),
                ("4:38 accounts.b.resource-set", "an empty text", "an id"),
                ("6:33 accounts.c.signature", "`acs3` in an account", "`hmac-sha1` or `hmac-sha256`"),
            ]
        ),
        Case(
            name: "secrets",
            text: """
                accounts:
                  prod:
                    account-id: "1"
                    region: cn-hangzhou
                    access-key-secret: S3CRET
                    credentials: {type: environment, access-key-id: LTAIx, access-key-secret: S3CRET}
                    proxy: http://me:S3CRET@proxy:3128
                  other: {account-id: "2", region: r, default: true, credentials: "LTAIx:S3CRET"}
                principals:
                  ann: {tokens: [S3CRET, "sha256:12", {hash: S3CRET, name: laptop}], policies: [reader]}
                  bob: {tokens: S3CRET, policies: [reader]}

                """,
            faults: [
                ("5:5 accounts.prod.access-key-secret", "an access key", "no secret in this file"),
                ("6:38 accounts.prod.credentials.access-key-id", "an access key", "no secret in this file"),
                ("6:60 accounts.prod.credentials.access-key-secret", "an access key", "revoke a key"),
                ("7:12 accounts.prod.proxy", "a proxy with a user name", "HTTPS_PROXY"),
                ("8:67 accounts.other.credentials", "a text", "a mapping with `type`"),
                ("10:18 principals.ann.tokens[0]", "no `sha256:` in front", "`sha256:` and 64 hexadecimal digits"),
                ("10:26 principals.ann.tokens[1]", "2 characters after `sha256:`", "`sha256:` and 64 hexadecimal digits"),
                ("10:46 principals.ann.tokens[2].hash", "no `sha256:` in front", "in clear"),
                ("11:17 principals.bob.tokens", "a text", "a list of token hashes"),
            ]
        ),
        Case(
            name: "a control character", text: "log: {level: \u{1}}\nthreads: 1\n",
            faults: [("1:1 ", "no YAML: control characters are not allowed", "UTF-8")]
        ),
        Case(
            name: "nesting without end", text: String(repeating: "[", count: 500_000), faults: [("1:1 ", "no YAML", "YAML")]
        ),
        Case(
            name: "two accounts and no default",
            text: """
                accounts:
                  a: {account-id: "1", region: r}
                  b: {account-id: "2", region: r}
                \(principal)
                """,
            faults: [("2:3 accounts", "no default account", "`default: true` in exactly one account")]
        ),
        Case(
            name: "two defaults, apsara without endpoints, credentials without type",
            text: """
                accounts:
                  a: {account-id: "1", region: r, default: true, dialect: apsara}
                  b: {account-id: "2", region: r, default: true, credentials: {}}
                \(principal)
                """,
            faults: [
                ("2:3 accounts", "2 default accounts, `a` or `b`", "exactly one"),
                ("2:6 accounts.a.endpoints", "nothing", "a mapping such as"),
                ("3:63 accounts.b.credentials.type", "nothing", "`environment`, `file`, `cli`, `instance-role`"),
            ]
        ),
        Case(
            name: "a simulated account needs no key",
            text: """
                accounts:
                  a:
                    account-id: "1"
                    region: r
                    simulated: true
                    credentials: {type: environment}
                \(principal)
                """,
            faults: [("6:18 accounts.a.credentials", "`credentials` beside `simulated: true`", "needs none")]
        ),
        Case(
            name: "principals",
            text: """
                \(account)principals:
                  "a b": {tokens: ["sha256:\(hash)"], policies: [reader]}
                  bob: {tokens: ["sha256:\(hash)"], policies: [raeder, nonsense, {}]}
                  eve: {tokens: {}, policies: reader}
                  tom: {tokens: [{hash: "sha256:\(hash.uppercased())", expires: tomorrow}], policies: [reader]}

                """,
            faults: [
                ("4:10 principals.a b", "principal name `a b`", "1 to 64 letters"),
                ("5:18 principals.bob.tokens[0]", "a token that `a b` has too", "each token once"),
                ("5:105 principals.bob.policies[0]", "unknown policy `raeder`", "did you mean `reader`?"),
                ("5:113 principals.bob.policies[1]", "unknown policy `nonsense`", "`AdministratorAccess`"),
                ("5:123 principals.bob.policies[2]", "a mapping", "the name of a policy"),
                ("6:17 principals.eve.tokens", "a mapping", "a list of token hashes"),
                ("6:31 principals.eve.policies", "a text", "a list of policy names"),
                ("7:18 principals.tom.tokens[0]", "a token that `bob` has too", "each token once"),
                ("7:109 principals.tom.tokens[0].expires", "`tomorrow`", "an instant in UTC"),
            ]
        ),
        Case(
            name: "numbers and their ranges",
            text: """
                \(account)\(principal)threads: 0
                cache: {memory: 256MB, ttl: {list: 2d}}
                limits: {url: 64KiB, nesting: 1, connections: -1, idle-time: 1ms}
                cors: {origins: [dash.example.com, "https://dash.example.com/x", "https://ok.example.com"]}
                log: {level: loud, format: xml, access: 1}
                simulator: {speed: 0}

                """,
            faults: [
                ("5:10 threads", "`0`", "`auto` or a whole number from 1 to 256"),
                ("6:17 cache.memory", "`256MB`", "KiB"),
                ("6:36 cache.ttl.list", "`2d`", "from 0ms to 1h"),
                ("7:15 limits.url", "`64KiB`", "at most `head`, 8KiB"),
                ("7:31 limits.nesting", "`1`", "a whole number from 4 to 1000"),
                ("7:47 limits.connections", "`-1`", "a whole number from 1 to 1000000"),
                ("7:62 limits.idle-time", "`1ms`", "from 100ms to 1h"),
                ("8:18 cors.origins[0]", "`dash.example.com`", "an origin"),
                ("8:36 cors.origins[1]", "`https://dash.example.com/x`", "an origin"),
                ("9:14 log.level", "`loud`", "`info`"),
                ("9:28 log.format", "`xml`", "`auto`, `json` or `text`"),
                ("9:41 log.access", "`1`", "`true` or `false`"),
                ("10:20 simulator.speed", "`0`", "a number from 0.01"),
            ]
        ),
    ]

    @Test(arguments: cases)
    func allFaultsAreTold(_ example: Case) throws {
        let folder = try ScratchFolder(["policies/reader.json": Self.reader])
        let text = example.text.contains("policies:") ? example.text + "policies: policies\n" : example.text
        let faults = Self.faults(in: text, folder: folder.path)
        let errors = faults.filter { $0.severity == .error }
        let places = errors.map { "\($0.line):\($0.column) \($0.path)" }
        #expect(places == example.faults.map(\.place))
        for (fault, expected) in zip(errors, example.faults) {
            #expect(fault.found.contains(expected.found), "\(fault)")
            #expect(fault.allowed.contains(expected.allowed), "\(fault)")
        }
    }

    @Test func noFaultRepeatsASecret() throws {
        let example = try #require(Self.cases.first { $0.name == "secrets" })
        let faults = Self.faults(in: example.text, folder: "/")
        #expect(!faults.isEmpty)
        #expect(!faults.map(\.description).joined().contains("S3CRET"))
        #expect(!faults.map(\.description).joined().contains("LTAIx"))
    }

    @Test func aFaultReadsLikeACompilersMessage() throws {
        let faults = Self.faults(in: "\(Self.account)\(Self.principal)threads: many\n", folder: "/")
        let fault = try #require(faults.first { $0.path == "threads" })
        #expect(
            fault.description
                == "gateway.yaml:5:10: error: threads: found `many`; allowed: `auto` or a whole number from 1 to 256"
        )
    }

    @Test func faultsOfPoliciesNameTheirFileAndLine() throws {
        let folder = try ScratchFolder([
            "policies/reader.json":
                "{\"Version\": \"1\",\n \"Statement\": [{\"Effect\": \"allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}"
        ])
        let faults = Self.faults(in: "\(Self.account)\(Self.principal)policies: policies/\n", folder: folder.path)
        let fault = try #require(faults.first)
        #expect(faults.count == 1)
        #expect(fault.file == "\(folder.path)/policies/reader.json")
        #expect(fault.line == 2)
        #expect(fault.path == "Statement[0].Effect")
    }

    @Test func aMissingPolicyFolderIsOneFault() throws {
        let faults = Self.faults(in: "\(Self.account)\(Self.principal)policies: /nowhere\n", folder: "/")
        #expect(faults.map(\.path) == ["policies"])
        #expect(faults.first?.found == "`/nowhere`: no such file or directory")
    }

    @Test func aMissingFileIsAFault() {
        #expect(throws: ConfigurationFaults.self) { try Configuration.load("/nowhere/gateway.yaml") }
    }

    static let reader = """
        {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}]}
        """

    static func faults(in text: String, folder: String) -> [ConfigurationFault] {
        do {
            return try Configuration.load(text: text, file: "gateway.yaml", folder: folder).warnings
        } catch {
            return error.faults
        }
    }
}
