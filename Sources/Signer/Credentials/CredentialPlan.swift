/// Where a key comes from, as a configuration or a profile says it.
public indirect enum CredentialPlan: Sendable, Equatable {
    /// A key that is there.
    case key(Credentials)
    /// The variables of ``EnvironmentCredentials``.
    case environment
    /// A profile of the vendor's tools.
    case profile(ProfileFile)
    case instanceRole(InstanceRole)
    /// A role that is assumed with the key of another plan.
    case assumedRole(RoleSession, with: CredentialPlan)
    case oidcRole(OIDCRole)
    /// A URL at which some service gives keys.
    case uri(String)
    case process(ExternalCommand)
    /// A key of the gateway's own encrypted file.
    case keyFile(KeyFileReference)
    /// Wherever the vendor's SDKs look, in their order.
    case standardChain

    /// What sessions are called where nothing says so.
    public static let sessionName = "acs-gateway"

    /// Whether `text` is an absolute `http` or `https` URL without a user name, as ``uri(_:)`` wants it.
    public static func isURL(_ text: String) -> Bool { CredentialsURI.isURL(text) }

    /// The source that the plan describes.
    /// - Throws: what is wrong with it in this environment; whether it gives a key is seen when it is asked.
    public func source(_ context: CredentialContext) throws(CredentialError) -> any CredentialSource {
        switch self {
        case .key(let credentials): FixedSource(credentials: credentials)
        case .environment: ProviderSource(try EnvironmentCredentials())
        case .profile(let file): try ProfileSource(file, context)
        case .instanceRole(let role): InstanceRoleSource(role: role, context: context)
        case .assumedRole(let session, let base):
            AssumedRole(session, with: try base.source(context), SecurityTokenService(context))
        case .oidcRole(let role): try role.source(context)
        case .uri(let url): CredentialsURI(url: url, context: context)
        case .process(let command): CommandSource(command: command)
        case .keyFile(let reference): try KeyFileSource(reference, context)
        case .standardChain: StandardChain(context)
        }
    }
}

/// A key that never changes.
private struct FixedSource: CredentialSource {
    let credentials: Credentials

    var name: String { "profile" }
    var isLocal: Bool { true }
    func load() -> Credentials { credentials }
}
