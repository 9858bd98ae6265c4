import Bytes
import Glibc

/// Where the passphrase of a key file comes from.
public enum Passphrase: Hashable, Sendable {
    /// An environment variable, which is erased.
    case environment(String)
    /// A file that nobody else has access to; a line end at its end does not count.
    case file(String)
    /// A credential that systemd hands over, a file in `$CREDENTIALS_DIRECTORY`.
    case credential(String)
    /// A person, at the terminal.
    case prompt

    /// The variable that is asked where nothing is said.
    public static let variable = "ACS_GATEWAY_PASSPHRASE"

    /// The passphrase, in memory that is cleared when nobody needs it any more.
    public func read(_ context: CredentialContext) throws(CredentialError) -> LockedBytes {
        switch self {
        case .environment(let name):
            guard let value = EnvironmentSecret.shared(name) else { throw CredentialError("passphrase", "\(name) is not set") }
            return value
        case .file(let path): return try Self.content(of: path)
        case .credential(let name):
            guard let folder = context.text("CREDENTIALS_DIRECTORY") else {
                throw CredentialError("passphrase", "CREDENTIALS_DIRECTORY is not set: the service has no systemd credentials")
            }
            return try Self.content(of: "\(folder)/\(name)")
        case .prompt: return try context.prompt("passphrase of the key file: ")
        }
    }

    private static func content(of path: String) throws(CredentialError) -> LockedBytes {
        let content = try SecretFile.read(path).content
        content.trimLineEnd()
        guard !content.isEmpty else { throw CredentialError(path, "is empty") }
        return content
    }
}
