import Bytes
import TestKeys

@testable import Auth

/// One issuer with a key of each kind, made once.
enum JWTBench {
    static let rsa = TestKey("rsa-1", .rsa)
    static let ec = TestKey("ec-1", .p256)
    static let ed = TestKey("ed-1", .ed25519)
    static let stranger = TestKey("rsa-1", .rsa)
    static let keys = [rsa, ec, ed]
    static let issuer = "https://login.example.com/"
    static let now = Identities.now.secondsSinceEpoch

    static func keySet(_ keys: [TestKey]) -> KeySet {
        Array(keySetText(keys.map { $0.jwk() }).utf8).withView { KeySetParser.parse($0).set }
    }

    static let directory = PrincipalDirectory(
        accountID: "123",
        entries: [
            .init(name: "alice", groups: ["staff"], policies: [Identities.policy("own", "ecs:Start*")]),
            .init(name: "Deployer", kind: .role, policies: [Identities.policy("deploy", "ecs:*")]),
        ],
        groups: [
            "staff": [Identities.policy("look", "ecs:Describe*")], "ops": [Identities.policy("stop", "ecs:Stop*")],
        ])

    static func source(
        _ change: (inout JWTIssuer) -> Void = { _ in }, keys: KeyStore = KeyStore(keySet(keys))
    ) -> JWTSource {
        var issuer = JWTIssuer(issuer: issuer, audiences: ["acs-gateway", "other"], keys: keys)
        issuer.groups = ClaimRule(path: ["groups"])
        change(&issuer)
        return JWTSource([issuer], directory: directory)
    }

    /// The members of a good payload, changed: an empty text leaves one out, anything else is its JSON.
    static func payload(_ changes: [String: String] = [:]) -> String {
        var members = [
            "iss": "\"\(issuer)\"", "aud": "\"acs-gateway\"", "sub": "\"alice\"", "exp": "\(now + 600)",
            "iat": "\(now)",
        ]
        members.merge(changes) { $1 }
        return "{" + members.filter { !$0.value.isEmpty }.map { "\"\($0.key)\":\($0.value)" }.sorted().joined(separator: ",")
            + "}"
    }
}
