import Bytes
import TestKeys
import Testing

@testable import Auth

/// What a good token makes of its caller.
struct JWTClaimTests {
    private func caller(
        _ changes: [String: String] = [:], _ change: (inout JWTIssuer) -> Void = { _ in }
    ) -> Caller? {
        JWTBench.source(change).identify(token: JWTBench.ed.token(JWTBench.payload(changes))).caller
    }

    @Test("a token of each kind of key", arguments: JWTBench.keys)
    func kinds(_ key: TestKey) throws {
        let caller = try #require(JWTBench.source().identify(token: key.token(JWTBench.payload())).caller)
        #expect(caller.principal.name == "alice")
        #expect(caller.kind == .jwt)
        #expect(caller.principal.groups == ["staff"])
        #expect(caller.hasSecondFactor == nil)
    }

    @Test("times within the clock skew, fractions, and each of the audiences")
    func times() {
        let now = JWTBench.now
        for changes in [
            ["exp": "\(now - 59)"], ["exp": "\(now - 59).999"], ["nbf": "\(now + 60)"], ["iat": "\(now + 60)"], ["nbf": "0"],
            ["iat": ""],
            ["aud": "\"other\""], ["aud": "[\"x\",\"other\"]"], ["typ": "\"x\""],
        ] {
            #expect(caller(changes) != nil, "\(changes)")
        }
        #expect(caller(["exp": "\(now - 1)"]) { $0.clockSkew = 0 } == nil)
        #expect(caller(["exp": "\(now + 1)"]) { $0.clockSkew = 0 } != nil)
    }

    @Test("types that a token may say it has", arguments: ["JWT", "jwt", "at+jwt", "application/at+jwt"])
    func types(_ type: String) {
        let token = JWTBench.ed.token(JWTBench.payload(), header: "{\"alg\":\"EdDSA\",\"kid\":\"ed-1\",\"typ\":\"\(type)\"}")
        #expect(JWTBench.source().identify(token: token).caller != nil)
    }

    @Test("names by map, prefix and path")
    func names() {
        #expect(caller(["sub": "\"u-17\""]) { $0.principal.map = [("u-17", "alice")] }?.principal.name == "alice")
        #expect(caller(["sub": "\"u-18\""]) { $0.principal.map = [("u-17", "alice")] }?.principal.name == "u-18")
        #expect(caller { $0.principal.prefix = "corp-" }?.principal.name == "corp-alice")
        // Whom the issuer calls alice is not our alice then.
        #expect(caller { $0.principal.prefix = "corp-" }?.principal.groups == [])
        let nested = ["profile": "{\"login\":{\"name\":\"bob\"}}"]
        #expect(caller(nested) { $0.principal.path = ["profile", "login", "name"] }?.principal.name == "bob")
        #expect(caller(nested) { $0.principal.path = ["profile", "login"] } == nil)
        #expect(caller(["https://x/name": "\"eve\""]) { $0.principal.path = ["https://x/name"] }?.principal.name == "eve")
    }

    @Test("groups of the token and of the configuration together; unknown ones bring nothing")
    func groups() throws {
        #expect(caller(["groups": "\"ops\""])?.principal.groups == ["ops", "staff"])
        #expect(caller(["groups": "[\"ops\",\"nobody\",\"OPS\",\"ops\"]"])?.principal.groups == ["ops", "staff"])
        #expect(caller(["sub": "\"bob\"", "groups": "[\"ops\"]"])?.principal.groups == ["ops"])
        #expect(caller(["sub": "\"bob\"", "groups": "[]"])?.principal.groups == [])
        let mapped = caller(["sub": "\"bob\"", "roles": "[\"team:1\",\"x\"]"]) {
            $0.groups = ClaimRule(path: ["roles"], prefix: "st", map: [("team:1", "ops"), ("y", "staff")])
        }
        #expect(mapped?.principal.groups == ["ops"])
        #expect(
            caller(["sub": "\"bob\"", "roles": "\"aff\""]) { $0.groups = ClaimRule(path: ["roles"], prefix: "st") }?.principal
                .groups == ["staff"])
        #expect(caller(["groups": "[\"ops\"]"]) { $0.groups = nil }?.principal.groups == ["staff"])
        // An equivalent text is another group: U+212A is a K to Unicode.
        let rights = try #require(caller(["sub": "\"bob\"", "groups": "[\"ops\"]"])).principal.policies
        #expect(rights.identity.names == ["stop"])
    }

    @Test("a role is told apart by its session")
    func role() throws {
        let caller = try #require(
            caller(["sub": "\"ci-run-7\""]) { $0.principal.map = [("ci-run-7", "Deployer")] })
        #expect(caller.principal.kind == .role)
        #expect(caller.credential == "ci-run-7")
        #expect(caller.principal.arn == Array("acs:ram::123:role/deployer".utf8))
    }

    @Test(
        "a second factor, as far as the token tells",
        arguments: [
            ("", nil), ("[\"pwd\",\"mfa\"]", true), ("[\"pwd\"]", false), ("\"mfa\"", true), ("\"MFA\"", false), ("7", false),
            ("true", false),
        ] as [(String, Bool?)])
    func secondFactor(_ claim: String, _ expected: Bool?) {
        #expect(caller(["amr": claim])?.hasSecondFactor == expected)
    }

    @Test("a second factor by another claim")
    func otherSecondFactor() {
        let rule: (inout JWTIssuer) -> Void = { $0.secondFactor = (ClaimRule(path: ["acr"]), ["gold", "true"]) }
        #expect(caller(["acr": "\"gold\""], rule)?.hasSecondFactor == true)
        #expect(caller(["acr": "\"silver\""], rule)?.hasSecondFactor == false)
        #expect(caller(["acr": "true"], rule)?.hasSecondFactor == true)
        #expect(caller(["amr": "[\"mfa\"]"], rule)?.hasSecondFactor == nil)
    }

    @Test("two issuers with a key of the same name, and one key set for two audiences")
    func severalIssuers() {
        let other = TestKey("ed-1", .ed25519)
        let first = JWTIssuer(issuer: "https://a", audiences: ["g"], keys: KeyStore(JWTBench.keySet([JWTBench.ed])))
        var second = JWTIssuer(issuer: "https://b", audiences: ["g"], keys: KeyStore(JWTBench.keySet([other])))
        second.principal.prefix = "b-"
        var third = JWTIssuer(issuer: "https://a", audiences: ["h"], keys: first.keys)
        third.principal.prefix = "h-"
        let source = JWTSource([first, second, third], directory: JWTBench.directory)
        func name(_ key: TestKey, _ issuer: String, _ audience: String) -> String? {
            let payload = JWTBench.payload(["iss": "\"\(issuer)\"", "aud": "\"\(audience)\""])
            return source.identify(token: key.token(payload)).caller?.principal.name
        }
        #expect(name(JWTBench.ed, "https://a", "g") == "alice")
        #expect(name(other, "https://b", "g") == "b-alice")
        #expect(name(JWTBench.ed, "https://a", "h") == "h-alice")
        // Whose key it is decides, not what the token says.
        #expect(name(other, "https://a", "g") == nil)
        #expect(name(JWTBench.ed, "https://b", "g") == nil)
    }
}
