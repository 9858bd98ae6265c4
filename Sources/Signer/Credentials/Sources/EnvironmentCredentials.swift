import Glibc

/// The key in `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for a temporary one,
/// `ALIBABA_CLOUD_SECURITY_TOKEN`. An empty variable counts as absent.
///
/// The environment is read once in the life of the process; after that the secret and the token are gone from it, also
/// from `/proc/<pid>/environ`, and child processes do not inherit them.
public struct EnvironmentCredentials: CredentialProvider {
    public var source: String { "environment" }
    private let credentials: Credentials

    private static let captured = capture(Variables())

    public init() throws(CredentialError) {
        credentials = try Self.captured.get()
    }

    public func current() -> Credentials { credentials }

    /// Takes the secret, and the passphrase of a key file, out of the environment even if nobody asks for them.
    public static func capture() {
        _ = captured
        _ = EnvironmentSecret.shared(Passphrase.variable)
    }

    /// The names of the variables.
    struct Variables {
        var id = "ALIBABA_CLOUD_ACCESS_KEY_ID"
        var secret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET"
        var securityToken = "ALIBABA_CLOUD_SECURITY_TOKEN"
    }

    static func capture(_ variables: Variables) -> Result<Credentials, CredentialError> {
        let id = getenv(variables.id).map { Array(String(cString: $0).utf8) } ?? []
        let secret = take(variables.secret)
        let token = take(variables.securityToken)
        var missing: [String] = []
        if id.isEmpty { missing.append(variables.id) }
        if secret.isEmpty { missing.append(variables.secret) }
        guard missing.isEmpty else {
            return .failure(CredentialError("environment", "\(missing.joined(separator: " and ")) not set"))
        }
        guard !token.isEmpty else { return .success(Credentials(key: AccessKey(id: id, secret: secret))) }
        return .success(Credentials(key: AccessKey(id: id, secret: secret, securityToken: token)))
    }

    /// The value of a variable, which is overwritten where it stands and removed.
    private static func take(_ name: String) -> SecretBytes {
        EnvironmentSecret.take(name) { SecretBytes(erasing: $0) }
    }
}
