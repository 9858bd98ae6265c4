import Auth
import Bytes
import Foundation
import Testing

@testable import Gateway

/// What comes with the product: the example under `deploy/` and the embedded default.
@Suite struct ShippedConfigurationTests {
    /// The repository's root, three folders above this file's own.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test func theExampleIsValid() throws {
        let loaded = try Configuration.load(Self.root.appending(path: "deploy/gateway.yaml").path)
        #expect(loaded.warnings == [])
        #expect(loaded.configuration.accounts.map(\.name) == ["prod", "sandbox"])
        #expect(loaded.configuration.policies["read-only"] != nil)
    }

    /// Where the example shows a default, it is the one that a configuration without the key gets.
    @Test func theExampleShowsTheDefaults() throws {
        let example = try Configuration.load(Self.root.appending(path: "deploy/gateway.yaml").path).configuration
        var standard = Configuration()
        standard.accounts = example.accounts
        standard.principals = example.principals
        standard.groups = example.groups
        standard.policies = example.policies
        #expect(example == standard)
        let prod = try #require(example.accounts.first)
        var account = Configuration.Account(
            name: prod.name, accountID: prod.accountID, region: prod.region, upstream: prod.upstream
        )
        account.signature = .acs3
        #expect(prod == account)
    }

    /// Every key that is read stands in the example, in use or in a comment.
    @Test(arguments: [
        "listen", "address", "tls", "certificate", "key", "client-ca", "client-crl", "client-certificate", "groups",
        "certificates", "subject", "common-name", "dns", "email", "uri",
        "users", "jwt", "issuer", "audience", "keys", "file", "refresh", "algorithms", "clock-skew", "principal", "claim",
        "prefix", "map", "mfa", "values", "trusted-proxies", "failed-authentications", "limit", "window", "delay", "addresses",
        "unix", "mode", "threads", "accounts", "default",
        "account-id", "dialect", "region", "signature", "credentials", "type", "path", "profile", "endpoints",
        "uncatalogued-actions", "headers", "organization", "resource-set", "ca-file", "proxy", "timeouts", "connect",
        "first-byte", "total",
        "response-limit", "simulated", "principals", "tokens", "hash", "name", "expires", "policies", "cache", "memory",
        "ttl", "static", "list", "detail", "volatile", "settling", "settling-ttl", "limits", "head", "headers", "url", "body",
        "nesting", "connections", "connections-per-address", "idle-time", "head-time", "body-time", "write-time",
        "gathered-items", "cors", "origins", "max-age", "log", "level", "format", "access", "shutdown", "grace",
        "simulator", "speed", "passphrase", "environment", "file", "credential", "prompt", "group-readable", "run-commands",
        "role-name", "hardened", "endpoint", "role-arn", "session-name", "duration", "external-id", "policy-file", "policy",
        "source", "provider-arn", "token-file", "command", "time-limit", "assume-role",
    ])
    func theExampleHasEveryKey(_ key: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: "deploy/gateway.yaml"), encoding: .utf8)
        let isThere = text.contains(try Regex("(^|[\\s{`])\(key):|`\(key)`|\(key): ").anchorsMatchLineEndings())
        #expect(isThere)
    }

    @Test func theEmbeddedDefault() throws {
        let embedded = EmbeddedConfiguration()
        let configuration = embedded.configuration
        #expect(configuration.listeners == [.init(.tcp(address: "127.0.0.1", port: 8080))])
        #expect(configuration.defaultAccount?.name == "sandbox")
        #expect(configuration.defaultAccount?.upstream == .simulated)
        var names: [String] = []
        embedded.forEachToken { name, token in
            names.append(name)
            let principal = configuration.principals.first { $0.name == name }
            #expect(principal?.tokens.map(\.hash) == [TokenHash(of: token)])
        }
        #expect(names == ["admin", "operator", "viewer"])
        for principal in configuration.principals {
            #expect(principal.policies.allSatisfy { configuration.policies[$0] != nil })
        }
    }

    @Test func tokensAreFreshEachTime() {
        let first = EmbeddedConfiguration().configuration
        let second = EmbeddedConfiguration().configuration
        #expect(Set((first.principals + second.principals).flatMap(\.tokens).map(\.hash)).count == 6)
    }

    @Test(arguments: [("ecs-operators", EmbeddedConfiguration.operatorPolicy), ("read-only", EmbeddedConfiguration.viewerPolicy)])
    func embeddedPoliciesAreThoseOfTheExample(_ name: String, _ embedded: StaticString) throws {
        let text = try String(contentsOf: Self.root.appending(path: "deploy/policies/\(name).json"), encoding: .utf8)
        #expect(text == "\(embedded)")
    }

    @Test(arguments: [
        ("admin", "ecs:DeleteSnapshot", true), ("admin", "rds:CreateDBInstance", true),
        ("operator", "ecs:RunInstances", true), ("operator", "ecs:DeleteInstance", true),
        ("operator", "vpc:DescribeVpcs", true), ("operator", "ecs:DeleteSnapshot", false),
        ("operator", "ecs:DeleteImage", false), ("operator", "vpc:DeleteVpc", false),
        ("viewer", "ecs:DescribeInstances", true), ("viewer", "slb:DescribeLoadBalancers", true),
        ("viewer", "ecs:StopInstance", false), ("viewer", "ecs:DescribeInstanceVncPasswd", false),
        ("viewer", "ecs:DescribeUserData", false),
    ])
    func whoMayWhat(_ name: String, _ action: String, _ isAllowed: Bool) throws {
        let configuration = EmbeddedConfiguration().configuration
        let principal = try #require(configuration.principals.first { $0.name == name })
        let policies = PolicySet(principal.policies.compactMap { configuration.policies[$0] })
        let explanation = policies.explain(
            action: action, resources: ["acs:ecs:cn-hangzhou:1234567890123456:instance/i-1"], context: ContextMap()
        )
        #expect(explanation.decision.isAllowed == isAllowed, "\(explanation.reason)")
    }
}
