import Bytes

/// The key of a role that is assumed with another key. Roles chain when that is a role's, too.
struct AssumedRole: CredentialSource {
    let session: RoleSession
    /// Whose key the role trusts.
    let base: any CredentialSource
    let service: SecurityTokenService

    var name: String { "STS, role `\(session.role)`" }
    var isLocal: Bool { false }
    var isOutdated: Bool { base.isOutdated }

    func load() async throws(CredentialError) -> Credentials {
        let own = try await base.load()
        return try await service.assume(session, with: own.key, for: name)
    }
}

/// Makes the sources of sessions that are assumed for callers, with an account's own key.
public struct RoleSource: Sendable {
    private let base: any CredentialSource
    private let service: SecurityTokenService

    /// `own` is the account's key, which somebody else renews.
    public init(own: any CredentialProvider, _ context: CredentialContext) {
        base = ProviderSource(own)
        service = SecurityTokenService(context)
    }

    /// Where the key of `session` comes from.
    public func source(of session: RoleSession) -> any CredentialSource {
        AssumedRole(session: session, base: base, service: service)
    }
}
