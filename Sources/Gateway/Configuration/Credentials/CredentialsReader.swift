import Bytes
import Signer

/// Reads `credentials`: where an account's access key comes from.
struct CredentialsReader {
    /// What `type` may be.
    enum Kind: String, CaseIterable {
        case environment, file, cli
        case instanceRole = "instance-role"
        case assumedRole = "sts-assume-role"
        case oidcRole = "oidc-role"
        case uri = "credentials-uri"
        case process
        case keyFile = "key-file"
        case standard = "default"
    }

    /// What is never in a configuration.
    private static let secrets = [
        "access-key-id", "access-key-secret", "access_key_id", "access_key_secret", "id", "secret", "security-token", "sts-token",
        "token", "password",
    ]
    /// Roles that may be assumed one with the other's key.
    static let deepestChain = 4

    /// The account's name and number.
    let accountName: String
    let accountID: String

    /// The plan under `credentials`; the environment when nothing stands there.
    func plan(_ value: ConfigurationValue) -> CredentialPlan {
        guard value.isPresent else { return .environment }
        return plan(value, depth: 0)
    }

    func plan(_ value: ConfigurationValue, depth: Int) -> CredentialPlan {
        value.section(allowed: "a mapping with `type`") { section in
            section.refuse(Self.secrets, found: "an access key in the configuration", allowed: AccountCredentials.advice)
            let kind = section["type"].choice(Kind.environment)
            if !section["type"].isPresent {
                section["type"].report(found: "nothing", allowed: Kind.allCases.map(\.rawValue).alternatives)
            }
            switch kind {
            case .environment: return .environment
            case .file: return .profile(profile(.ini, section))
            case .cli: return .profile(profile(.tool, section))
            case .instanceRole: return .instanceRole(instanceRole(section))
            case .assumedRole: return assumedRole(section, depth: depth)
            case .oidcRole: return .oidcRole(oidcRole(section))
            case .uri: return .uri(uri(section["url"]))
            case .process: return .process(command(section))
            case .keyFile: return .keyFile(keyFile(section))
            case .standard: return .standardChain
            }
        } ?? .environment
    }
}
