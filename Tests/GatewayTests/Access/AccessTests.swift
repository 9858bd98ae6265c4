import Auth
import Bytes
import Foundation
import TestKeys
import Testing

@testable import Gateway

/// Callers of a running gateway: who they are taken for, and what those are told who are nobody.
@Suite struct AccessTests {
    static let key = TestKey("k1", .ed25519)
    static let now = Int64(SystemClock.wall / 1_000_000_000)

    static func payload(_ more: String = "", subject: String = "ann", expiry: Int64 = now + 600) -> String {
        "{\"iss\":\"https://login\",\"aud\":\"gateway\",\"sub\":\"\(subject)\",\"exp\":\(expiry)\(more)}"
    }

    static func hash(_ token: String) -> String { Array(token.utf8).withView { "\(TokenHash(of: $0))" } }

    static let issuer = """
        groups:
          watchers: {policies: [ReadOnlyAccess]}
          operators: {policies: [AliyunECSFullAccess]}
        jwt:
          - issuer: https://login
            audience: gateway
            keys: {file: keys.json}
            groups: {claim: groups}

        """

    @Test func tokensOfAnIssuer() async throws {
        let configuration = """
            \(Self.issuer)
            listen: [{address: "127.0.0.1:0"}]
            """
        try await TestGateway.run(configuration, ["keys.json": keySetText([Self.key.jwk()])]) { gateway in
            let token = Self.key.token(Self.payload(",\"groups\":[\"watchers\"],\"amr\":[\"mfa\"]"))
            let me = try await gateway.call("/whoami", token: token)
            #expect(me.status == 200)
            #expect(me.body.contains("\"principal\":\"ann\""), "\(me.body)")
            #expect(me.body.contains("\"authentication\":\"jwt\""))
            #expect(me.body.contains("\"groups\":[\"watchers\"],\"policies\":[\"ReadOnlyAccess\"]"))
            #expect(try await gateway.call("/instances", token: token).status == 200)
            // Without a group there are no rights.
            let plain = try await gateway.call("/instances", token: Self.key.token(Self.payload()))
            #expect(plain.status == 403)
            #expect(plain.body.contains("no policy is attached"))
            let late = try await gateway.call("/instances", token: Self.key.token(Self.payload(expiry: Self.now - 100)))
            #expect(late.status == 401)
            #expect(late.body.contains("the credentials have expired"))
            let forged = try await gateway.call("/instances", token: TestKey("k1", .ed25519).token(Self.payload()))
            #expect(forged.status == 401)
            #expect(forged.headers["www-authenticate"] == "Bearer realm=\"acs-gateway\", error=\"invalid_token\"")
            #expect(forged.body.contains("the credentials are not known"))
            #expect(!forged.body.contains("signature"))
            let isLogged = await TestGateway.eventually {
                gateway.log.contains("\"reason\":\"JWT: the signature does not match\"")
            }
            #expect(isLogged)
            #expect(!gateway.log.contains(token.suffix(40)))
        }
    }

    /// Keys at an address: there at once, exchanged while requests go on, and kept when the issuer fails.
    @Test func keysAreRotatedWithoutAnOutage() async throws {
        let (old, new) = (TestKey("old", .p256), TestKey("new", .rsa))
        try await KeyServer.run(.init(status: 503)) { keys, url in
            let configuration = """
                listen: [{address: "127.0.0.1:0"}]
                jwt:
                  - {issuer: "https://login", audience: gateway, keys: {url: "\(url)", refresh: 1h, proxy: none}}
                """
            try await TestGateway.run(configuration) { gateway in
                let before = try await gateway.call("/whoami", token: old.token(Self.payload()))
                #expect(before.status == 503)
                #expect(before.body.contains("CredentialsUnavailable"))
                #expect(before.headers["retry-after"] != nil)
                let readiness = try await gateway.call("/readyz")
                #expect(readiness.status == 503)
                #expect(readiness.body.contains("issuer `https://login`: no keys yet"), "\(readiness.body)")
                keys.answer = .init(body: keySetText([old.jwk()]))
                // After a failure it is tried again within a second, then two, then four.
                let isThere = try await TestGateway.eventually {
                    try await gateway.call("/whoami", token: old.token(Self.payload())).status == 200
                }
                #expect(isThere)
                #expect(try await gateway.call("/readyz").status == 200)
                // A key that is not there is asked for once; not again so soon.
                let count = keys.count
                keys.answer = .init(body: keySetText([old.jwk(), new.jwk()]))
                for _ in 0..<3 { #expect(try await gateway.call("/whoami", token: new.token(Self.payload())).status == 401) }
                #expect(keys.count <= count + 1)
                #expect(try await gateway.call("/whoami", token: old.token(Self.payload())).status == 200)
            }
        }
    }

    /// A request whose token names a new key waits for it.
    @Test func aNewKeyIsFetchedWhenATokenNamesIt() async throws {
        let (old, new) = (TestKey("old", .ed25519), TestKey("new", .ed25519))
        try await KeyServer.run(.init(body: keySetText([old.jwk()]))) { keys, url in
            let configuration = """
                listen: [{address: "127.0.0.1:0"}]
                jwt:
                  - {issuer: "https://login", audience: gateway, keys: {url: "\(url)", refresh: 1h, proxy: none}}
                """
            let withoutPause: (inout Configuration) -> Void = { configuration in
                guard case .url(var fetch) = configuration.issuers[0].keys else { return }
                fetch.gap = .zero
                configuration.issuers[0].keys = .url(fetch)
            }
            try await TestGateway.run(configuration, changing: withoutPause) { (gateway: TestGateway) async throws in
                func status(_ key: TestKey) async throws -> Int {
                    try await gateway.call("/whoami", token: key.token(Self.payload())).status
                }
                #expect(try await status(old) == 200)
                keys.answer = .init(body: keySetText([new.jwk()]))
                #expect(try await status(new) == 200)
                #expect(try await status(new) == 200)
                #expect(try await status(old) == 401)
                // What is no set of keys changes nothing.
                keys.answer = .init(body: "<html>")
                #expect(try await status(TestKey("x", .ed25519)) == 401)
                #expect(try await status(new) == 200)
                let isLogged = await TestGateway.eventually { gateway.log.contains("the keys of an issuer could not be fetched") }
                #expect(isLogged)
                #expect(try await gateway.call("/readyz").status == 200)
            }
        }
    }

    @Test func processesOfThisMachine() async throws {
        let configuration = """
            listen: [{address: "127.0.0.1:0"}, {unix: gateway.sock}]
            principals:
              me: {unix: {users: [\(getuid())]}, policies: [ReadOnlyAccess]}
              bob: {tokens: ["\(Self.hash("good"))"], policies: [ReadOnlyAccess]}
            """
        try await TestGateway.run(configuration) { gateway in
            let me = try await gateway.call("/whoami", "--unix-socket", "gateway.sock")
            #expect(me.status == 200)
            #expect(me.body.contains("\"principal\":\"me\""))
            #expect(me.body.contains("\"authentication\":\"unix-peer\",\"credential\":\"uid=\(getuid())\""))
            let bob = try await gateway.call("/whoami", "--unix-socket", "gateway.sock", "--header", "Authorization: Bearer good")
            #expect(bob.body.contains("\"principal\":\"bob\""))
            for _ in 0..<30 {
                let bad = try await gateway.call(
                    "/whoami", "--unix-socket", "gateway.sock", "--header", "Authorization: Bearer bad")
                #expect(bad.status == 401)
            }
            #expect(try await gateway.call("/whoami").status == 401)
        }
    }

    @Test func guessing() async throws {
        let configuration = """
            listen: [{address: "127.0.0.1:0"}]
            trusted-proxies: [127.0.0.1]
            failed-authentications: {limit: 4, window: 30m, delay: 60ms}
            principals:
              bob: {tokens: ["\(Self.hash("good"))", "\(Self.hash("other"))"], policies: [ReadOnlyAccess]}
            """
        try await TestGateway.run(configuration) { gateway in
            func call(_ token: String, from address: String) async throws -> TestGateway.Answer {
                try await gateway.call(
                    "/whoami", "--header", "Authorization: Bearer \(token)", "--header", "X-Forwarded-For: \(address)")
            }
            var times: [Double] = []
            for index in 0..<4 {
                let answer = try await call("bad\(index)", from: "192.0.2.1")
                #expect(answer.status == 401)
                times.append(answer.time)
                if index == 0 { #expect(try await call("good", from: "192.0.2.1").status == 200) }
            }
            #expect(times[0] >= 0.06 && times[3] >= 0.4, "\(times)")
            let blocked = try await call("other", from: "192.0.2.1")
            #expect(blocked.status == 429)
            #expect(blocked.body.contains("\"code\":\"TooManyFailures\""))
            let seconds = try #require(blocked.headers["retry-after"].flatMap { Int($0) })
            #expect((1700...1800).contains(seconds))
            // Others are not concerned, nor who was known before.
            #expect(try await call("other", from: "192.0.2.2").status == 200)
            #expect(try await call("good", from: "192.0.2.1").status == 200)
            #expect(try await gateway.call("/healthz", "--header", "X-Forwarded-For: 192.0.2.1").status == 200)
            let isLogged = await TestGateway.eventually { gateway.log.contains("\"source\":\"192.0.2.1\"") }
            #expect(isLogged)
            let metrics = try await gateway.call("/metrics")
            #expect(metrics.body.contains("acs_gateway_authentication_failures_total{reason=\"too-many\"} 1"))
        }
    }

    /// Callers with certificates, on listeners that demand one and on such that do not.
    @Test(arguments: [true, false])
    func clientCertificates(_ isRequired: Bool) async throws {
        let certificates = try await TestCertificates.make()
        let configuration = """
            listen:
              - address: 127.0.0.1:0
                tls: {certificate: server.pem, key: server.key, client-ca: ca.pem, client-certificate: \(isRequired ? "required" : "optional")}
            trusted-proxies: [127.0.0.1]
            principals:
              ann: {certificates: [{subject: "CN=ann"}], policies: [ReadOnlyAccess]}
              bob: {tokens: ["\(Self.hash("good"))"], policies: [ReadOnlyAccess]}
            """
        try await TestGateway.run(configuration, certificates) { (gateway: TestGateway) async throws in
            func call(_ certificate: String?, _ headers: String...) async throws -> TestGateway.Answer {
                let shown = certificate.map { ["--cert", "\($0).pem", "--key", "\($0).key"] } ?? []
                return try await gateway.call(
                    "/whoami", options: ["--cacert", "ca.pem"] + shown + headers.flatMap { ["--header", $0] }, scheme: "https")
            }
            let ann = try await call("ann")
            #expect(ann.status == 200)
            #expect(
                ann.body.contains(#""principal":"ann""#)
                    && ann.body.contains(#""authentication":"client-certificate","credential":"CN=ann""#), "\(ann.body)")
            // A bearer header decides alone.
            #expect(try await call("ann", "Authorization: Bearer good").body.contains(#""principal":"bob""#))
            #expect(try await call("ann", "Authorization: Bearer bad").status == 401)
            #expect(try await call("ann", "Authorization: Basic eDp5").status == 401)
            // Nobody's certificate, and one of another authority.
            #expect(try await call("eve").status == 401)
            #expect(try await call("stranger").status == (isRequired ? 403 : 401))
            #expect(try await call(nil).status == (isRequired ? 403 : 401))
            #expect(try await call(nil, "Authorization: Bearer good").status == (isRequired ? 403 : 200))
            // What a trusted proxy passes on is not its own request.
            #expect(try await call("ann", "X-Forwarded-For: 192.0.2.1").status == 401)
            let isLogged = await TestGateway.eventually {
                gateway.log.contains("the client certificate `CN=eve` stands for no principal")
            }
            #expect(isLogged)
            if isRequired {
                let isTold = await TestGateway.eventually { gateway.log.contains(#""reason":"no certificate""#) }
                #expect(isTold, "who is turned away at the door, and why")
            }
        }
    }

    /// Keys that were fetched outlive a reload, also when the issuer cannot be reached.
    @Test func keysOutliveAReload() async throws {
        let key = TestKey("k", .ed25519)
        try await KeyServer.run(.init(body: keySetText([key.jwk()]))) { keys, url in
            let configuration = """
                listen: [{address: "127.0.0.1:0"}]
                failed-authentications: {limit: 1, delay: 0ms}
                trusted-proxies: [127.0.0.1]
                jwt:
                  - {issuer: "https://login", audience: gateway, keys: {url: "\(url)", refresh: 1h, proxy: none}}
                """
            try await TestGateway.run(configuration) { (gateway: TestGateway) async throws in
                let token = key.token(Self.payload())
                #expect(try await gateway.call("/whoami", token: token).status == 200)
                let guess = ["--header", "Authorization: Bearer x", "--header", "X-Forwarded-For: 192.0.2.9"]
                #expect(try await gateway.call("/whoami", options: guess).status == 401)
                keys.answer = .init(status: 500)
                _ = try await gateway.serving.adopt(gateway.configuration)
                #expect(try await gateway.call("/whoami", token: token).status == 200)
                // What was counted still counts.
                #expect(try await gateway.call("/whoami", options: guess).status == 429)
            }
        }
    }

    /// Where a request comes from, as policies see it.
    @Test func conditionsOnSourceAndTransport() async throws {
        let policy = """
            {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:*", "Resource": "*", "Condition":
              {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8", "2001:db8::/32"]}, "Bool": {"acs:SecureTransport": "true"}}}]}
            """
        let configuration = """
            listen: [{address: "127.0.0.1:0"}, {unix: gateway.sock}]
            trusted-proxies: [127.0.0.1, unix]
            principals:
              bob: {tokens: ["\(Self.hash("good"))"], policies: [inside]}
            policies: policies/
            """
        try await TestGateway.run(configuration, ["policies/inside.json": policy]) { (gateway: TestGateway) async throws in
            func status(_ headers: String...) async throws -> Int {
                let options = (headers + ["Authorization: Bearer good"]).flatMap { ["--header", $0] }
                let tcp = try await gateway.call("/instances", options: options)
                let unix = try await gateway.call("/instances", options: options + ["--unix-socket", "gateway.sock"])
                return tcp.status == unix.status ? tcp.status : -1
            }
            #expect(try await status("X-Forwarded-For: 10.1.2.3", "X-Forwarded-Proto: https") == 200)
            #expect(try await status("X-Forwarded-For: 2001:db8::1", "X-Forwarded-Proto: https") == 200)
            #expect(try await status("X-Forwarded-For: 10.1.2.3", "X-Forwarded-Proto: http") == 403)
            #expect(try await status("X-Forwarded-For: 10.1.2.3") == 403)
            #expect(try await status("X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https") == 403)
            #expect(try await status("X-Forwarded-For: 10.1.2.3, 192.0.2.1", "X-Forwarded-Proto: https") == 403)
            #expect(
                try await status("X-Forwarded-For: 10.1.2.3", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https") == 403)
            // A line before the proxy's own is the caller's word.
            #expect(
                try await status("X-Forwarded-For: 10.1.2.3", "X-Forwarded-Proto: https", "X-Forwarded-Proto: http") == 403)
            #expect(try await status("X-Forwarded-For: unknown", "X-Forwarded-Proto: https") == 403)
            #expect(try await status("X-Forwarded-Proto: https") == 403)
        }
    }
}
