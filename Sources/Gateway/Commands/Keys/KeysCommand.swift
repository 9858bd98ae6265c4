import ArgumentParser
import Bytes
import Signer

/// `gateway keys`
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Keep access keys in an encrypted file.",
        discussion: """
            The file is opened by a passphrase; `credentials: {type: key-file}` in the configuration names it. A gateway \
            that runs takes over what is changed here within seconds.

              gateway keys add --file keys.acs --id LTAI5tExample prod
              gateway keys list --file keys.acs
            """,
        subcommands: [KeysAddCommand.self, KeysListCommand.self, KeysRotateCommand.self, KeysRemoveCommand.self]
    )
}

/// The options by which the commands find and open the file.
struct KeyFileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The encrypted file.", valueName: "path"))
    var file: String

    @Option(help: ArgumentHelp("A file that holds the passphrase alone.", valueName: "path"))
    var passphraseFile: String?

    @Option(help: ArgumentHelp("The systemd credential that is the passphrase.", valueName: "name"))
    var passphraseCredential: String?

    /// What the help of each command says about the passphrase.
    static let about = """
        The passphrase comes from --passphrase-file, --passphrase-credential, the variable \(Passphrase.variable), or the \
        terminal, in this order.
        """

    /// The passphrase. A new one that is typed is asked for twice.
    func passphrase(isNew: Bool) throws -> LockedBytes {
        let context = CredentialContext.offline
        if let passphraseFile { return try Passphrase.file(passphraseFile).read(context) }
        if let passphraseCredential { return try Passphrase.credential(passphraseCredential).read(context) }
        if let given = try? Passphrase.environment(Passphrase.variable).read(context) { return given }
        do throws(Terminal.Failure) {
            let first = try Terminal.ask("passphrase of \(file): ")
            guard isNew else { return first }
            let second = try Terminal.ask("once more: ")
            guard first.withView({ first in second.withView { $0.equals(first) } }) else {
                throw Terminal.Failure(reason: "the two are not the same")
            }
            return first
        } catch {
            throw CommandFailure("no passphrase: \(error.reason)")
        }
    }
}

/// The arguments of commands that take a key.
struct NewKeyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The AccessKeyId.", valueName: "access-key-id"))
    var id: String

    @Argument(help: "What configurations call the key.")
    var name: String

    /// What the help of each command says about the secret.
    static let about = """
        The secret is asked for at the terminal, where it is not shown, or read from the standard input; never given as an \
        argument.
        """

    /// The secret, from the terminal or the standard input.
    func secret() throws -> LockedBytes {
        do {
            return try Console.current.secret("AccessKeySecret of \(id): ")
        } catch {
            throw CommandFailure("no secret: \(error)")
        }
    }
}

extension KeyFileOptions {
    /// Opens the file, lets `change` make another ring of its keys, and replaces the file. A file that is not there is made
    /// when `mayCreate`.
    func change(
        mayCreate: Bool = false, _ change: (KeyRing) throws(KeyRing.Fault) -> KeyRing
    ) throws {
        let isNew = mayCreate && FileStamp(file) == nil
        let passphrase = try passphrase(isNew: isNew)
        if isNew, passphrase.count < KeyFile.shortestPassphrase {
            throw CommandFailure(
                "the passphrase has \(passphrase.count) bytes; a new file takes \(KeyFile.shortestPassphrase) or more")
        }
        do {
            try KeyFile.change(file, passphrase: passphrase, mayCreate: isNew, change)
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
