import Bytes

/// A role whose key STS gives for a token of an identity provider, as Kubernetes mounts one into a pod. What is nil is taken
/// from the environment, where Kubernetes' webhook puts it.
public struct OIDCRole: Hashable, Sendable {
    /// `acs:ram::<account>:role/<name>`
    public var role: String?
    /// `acs:ram::<account>:oidc-provider/<name>`
    public var provider: String?
    /// The file of the token, which is read anew each time: whoever writes it replaces it before it expires.
    public var tokenFile: String?
    public var sessionName: String?
    /// Seconds that the key is to live.
    public var duration = RoleSession.standardDuration
    /// A RAM policy that the session is held to besides the role's own.
    public var policy: String?

    private static let roleVariable = "ALIBABA_CLOUD_ROLE_ARN"
    private static let providerVariable = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"
    private static let tokenFileVariable = "ALIBABA_CLOUD_OIDC_TOKEN_FILE"
    private static let sessionNameVariable = "ALIBABA_CLOUD_ROLE_SESSION_NAME"

    public init(role: String? = nil, provider: String? = nil, tokenFile: String? = nil, sessionName: String? = nil) {
        self.role = role
        self.provider = provider
        self.tokenFile = tokenFile
        self.sessionName = sessionName
    }

    /// What a profile says.
    init(_ session: RoleSession, provider: String, tokenFile: String) {
        self.init(role: session.role, provider: provider, tokenFile: tokenFile, sessionName: session.name)
        duration = session.duration
        policy = session.policy
    }

    /// Whether the environment is that of a pod with a role.
    static func isNamed(_ context: CredentialContext) -> Bool {
        [roleVariable, providerVariable, tokenFileVariable].allSatisfy { context.text($0) != nil }
    }

    /// The source of its key.
    func source(_ context: CredentialContext) throws(CredentialError) -> any CredentialSource {
        func value(_ given: String?, _ variable: String) throws(CredentialError) -> String {
            guard let value = given ?? context.text(variable) else {
                throw CredentialError("OIDC role", "\(variable) is not set")
            }
            return value
        }
        let role = try value(role, Self.roleVariable)
        guard RoleSession.account(ofRole: role) != nil else {
            throw CredentialError("OIDC role", "`\(role.prefix(128))` is no ARN of a role")
        }
        let name = sessionName ?? context.text(Self.sessionNameVariable) ?? CredentialPlan.sessionName
        return OIDCRoleSource(
            session: RoleSession(role: role, name: RoleSession.name(for: name), duration: duration, policy: policy),
            provider: try value(provider, Self.providerVariable), tokenFile: try value(tokenFile, Self.tokenFileVariable),
            service: SecurityTokenService(context))
    }
}

/// The key of an ``OIDCRole``.
private struct OIDCRoleSource: CredentialSource {
    /// Bytes of the shortest and the longest token that STS takes.
    private static let tokenSizes = 4...20_000

    let session: RoleSession
    let provider: String
    let tokenFile: String
    let service: SecurityTokenService

    var name: String { "STS, role `\(session.role)` by OIDC" }
    var isLocal: Bool { false }

    func load() async throws(CredentialError) -> Credentials {
        // The file is the kubelet's, readable to others by design.
        let token = try SecretFile.read(tokenFile, access: .anybody).content
        token.trimLineEnd()
        guard Self.tokenSizes.contains(token.count) else {
            throw CredentialError(
                tokenFile, "holds no token of \(Self.tokenSizes.lowerBound) to \(Self.tokenSizes.upperBound) bytes")
        }
        return try await service.assume(session, provider: provider, token: token, for: name)
    }
}
