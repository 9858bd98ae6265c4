import Bytes
import Synchronization

/// The key of a role that is assumed with another key. Roles chain when that is a role's, too.
final class AssumedRole: CredentialSource {
    private let session: RoleSession
    private let base: any CredentialSource
    private let service: SecurityTokenService
    /// Whether the last attempt did not even get to STS.
    private let hasNoBase = Atomic<Bool>(false)

    /// `base` gives the key of somebody whom the role trusts.
    init(_ session: RoleSession, with base: any CredentialSource, _ service: SecurityTokenService) {
        self.session = session
        self.base = base
        self.service = service
    }

    var name: String { "STS, role `\(session.role)`" }
    var isLocal: Bool { hasNoBase.load(ordering: .relaxed) && base.isLocal }
    var isOutdated: Bool { base.isOutdated }

    func load() async throws(CredentialError) -> Credentials {
        hasNoBase.store(true, ordering: .relaxed)
        let own = try await base.load()
        hasNoBase.store(false, ordering: .relaxed)
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
        AssumedRole(session, with: base, service)
    }
}
