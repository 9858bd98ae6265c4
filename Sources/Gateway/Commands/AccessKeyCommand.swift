import ArgumentParser
import Bytes
import Signer

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `gateway access-key`
struct AccessKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access-key",
        abstract: "Issue access keys for SDKs, CLIs and Terraform providers that call the gateway in the cloud's own protocol.",
        discussion: """
            Such a key is worthless at the cloud. Its secret is derived from its id by a master secret, and kept nowhere.

              gateway access-key init /etc/acs-gateway/access-keys.master
              gateway access-key new --config gateway.yaml --name terraform
            """,
        subcommands: [AccessKeyInitCommand.self, AccessKeyNewCommand.self]
    )
}

/// `gateway access-key init`
struct AccessKeyInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the file of a master secret.",
        discussion: """
            The file is readable by its owner alone; one that exists is left as it is. With another master secret every \
            access key is void.

              gateway access-key init /etc/acs-gateway/access-keys.master
            """
    )

    @Argument(help: "The file to make.")
    var path: String

    func run() throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CommandFailure("\(path): \(FileText.systemReason())") }
        defer { close(file) }
        let master = AccessKeyIssuer.makeMaster()
        let isWhole = master.withBytes { write(file, $0.baseAddress, $0.count) == $0.count && write(file, "\n", 1) == 1 }
        guard isWhole, fsync(file) == 0 else { throw CommandFailure("\(path): \(FileText.systemReason())") }
        Console.say("made \(path); name it in the configuration: access-keys: {master: \(path)}")
    }
}

/// `gateway access-key new`
struct AccessKeyNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Print a new access key, and the entry for a principal.",
        discussion: """
            Id and secret go to their owner, the entry into `access-keys` of a principal in the configuration. The id of a \
            key that was issued before, given with --id, prints its secret again.

              gateway access-key new --config gateway.yaml
              gateway access-key new --config gateway.yaml --name terraform --expires 2027-12-31T00:00:00Z
            """
    )

    @OptionGroup var option: ConfigurationOption

    @Option(help: "What to call the key, in the logs.")
    var name: String?

    @Option(help: "The instant in UTC from which on it is refused.")
    var expires: String?

    @Option(help: "The id of a key that exists, to print its secret again.")
    var id: String?

    func validate() throws {
        if option.path == nil { throw ValidationError("--config is missing: the file that names the master secret") }
        if let expires, Array(expires.utf8).withView({ Timestamp($0) }) == nil {
            throw ValidationError("\(expires.quoted) is no instant in UTC, such as 2027-12-31T00:00:00Z")
        }
    }

    func run() throws {
        guard let path = option.path else { return }
        guard let master = try ConfigurationOption.load(path).configuration.accessKeyMaster else {
            throw CommandFailure("\(path): no `access-keys: {master: FILE}`; `gateway access-key init FILE` makes the file")
        }
        let issuer: AccessKeyIssuer
        do {
            issuer = try AccessKeyIssuer(masterFile: master)
        } catch {
            throw CommandFailure("\(error)")
        }
        let id = id ?? AccessKeyIssuer.makeID()
        var line = Array("id      \(id)\nsecret  ".utf8)
        issuer.secret(of: id).withBytes { line.append($0) }
        let members = ["id: \(id)", name.map { "name: \($0)" }, expires.map { "expires: \($0)" }].compactMap { $0 }
        line.append(text: "\nentry   - {\(members.joined(separator: ", "))}\n")
        Console.put(line)
    }
}
