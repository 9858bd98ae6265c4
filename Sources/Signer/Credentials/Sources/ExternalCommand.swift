import Bytes

/// A program that prints a key as JSON: `{"mode", "access_key_id", "access_key_secret", "sts_token", "expiration"}`.
public struct ExternalCommand: Hashable, Sendable {
    /// Program and arguments. There is no shell: each is passed on as it stands.
    public var arguments: [String]
    /// How long it may run.
    public var timeLimit: Duration

    public static let standardTimeLimit = Duration.seconds(30)

    public init(arguments: [String], timeLimit: Duration = standardTimeLimit) {
        self.arguments = arguments
        self.timeLimit = timeLimit
    }
}

/// The key that an ``ExternalCommand`` prints.
struct CommandSource: CredentialSource {
    let command: ExternalCommand

    /// The program alone: an argument may be a secret.
    var name: String { "command `\(command.arguments.first ?? "")`" }
    var isLocal: Bool { false }

    func load() async throws(CredentialError) -> Credentials {
        let output: LockedBytes
        do throws(ChildProcess.Failure) {
            output = try await ChildProcess.run(command.arguments, timeLimit: command.timeLimit)
        } catch {
            throw CredentialError(name, error.reason)
        }
        return try output.withView { (bytes) throws(CredentialError) in
            try KeyDocument.read(bytes, .tool, for: name)
        }
    }
}
