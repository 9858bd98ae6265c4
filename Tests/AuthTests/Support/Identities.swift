import Bytes

@testable import Auth

/// What tests of identities share.
enum Identities {
    static let now = Timestamp(secondsSinceEpoch: 1_800_000_000)

    static func principal(_ name: String) -> Principal {
        Principal(name: name, accountID: "123", policies: PrincipalPolicies(identity: PolicySet([PolicyDocument]())))
    }

    static func policy(_ name: String, _ action: String) -> PolicyDocument {
        PolicyDocument(name: name, statements: [PolicyStatement(effect: .allow, actions: [action])])
    }
}

extension IdentitySource {
    /// What the source makes of a bearer token.
    func identify(token: String, at now: Timestamp = Identities.now) -> IdentityResult {
        Array(token.utf8).withView { identify(Evidence(bearerToken: $0), at: now) }
    }
}

extension IdentityResult {
    var caller: Caller? { if case .caller(let caller) = self { caller } else { nil } }
    var refusal: AuthenticationRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    var isNotMine: Bool { if case .notMine = self { true } else { false } }
}
