import ArgumentParser
import Auth
import Bytes

/// `gateway token`
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make, list and revoke API tokens.",
        discussion: """
            Example:

              gateway token new
            """,
        subcommands: [TokenNewCommand.self, TokenListCommand.self, TokenRevokeCommand.self]
    )
}

/// `gateway token new`
struct TokenNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Print a new token, once, and its hash.",
        discussion: """
            The token goes to its owner, the hash into `tokens` of a principal in the configuration. The token is kept \
            nowhere and cannot be printed again. With a name or an expiry the entry for `tokens` is printed as well.

              gateway token new
              gateway token new --name ci --expires 2027-12-31T00:00:00Z
            """
    )

    @Option(help: "What to call the token, in lists and in the log.")
    var name: String?

    @Option(help: "The instant in UTC from which on it is refused.")
    var expires: String?

    func validate() throws {
        if let name, !name.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "._-@".utf8.contains($0) }) || name.isEmpty {
            throw ValidationError("a name has letters, digits, `.`, `_`, `-` and `@`")
        }
        if let expires, Array(expires.utf8).withView({ Timestamp($0) }) == nil {
            throw ValidationError("\(expires.quoted) is no instant in UTC, such as 2027-12-31T00:00:00Z")
        }
    }

    func run() {
        let token = Token()
        var line: [UInt8] = []
        token.withBytes { token in
            line.append("token  ")
            line.append(token)
            line.append("\nhash   ")
        }
        line.append(text: token.hash.description)
        line.append("\n")
        if name != nil || expires != nil {
            let members = ["hash: \"\(token.hash)\"", name.map { "name: \($0)" }, expires.map { "expires: \($0)" }]
            line.append(text: "entry  - {\(members.compactMap { $0 }.joined(separator: ", "))}\n")
        }
        Console.put(line)
    }
}

/// `gateway token list`
struct TokenListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tokens in a configuration.",
        discussion: """
            Each line has principal, name, the beginning of the hash and the expiry; `-` stands for none.

              gateway token list --config gateway.yaml
            """
    )

    @OptionGroup var option: ConfigurationOption

    @Option(help: "Only the tokens of this principal.")
    var principal: String?

    func validate() throws {
        if option.path == nil { throw ValidationError("name the configuration by --config FILE") }
    }

    func run() throws {
        guard let path = option.path else { return }
        let list = try TokenFile.read(path).list
        let now = Timestamp(wallNanoseconds: SystemClock.wall)
        var rows = [["PRINCIPAL", "NAME", "HASH", "EXPIRES"]]
        for entry in list.find(digits: nil, name: nil, principal: principal) {
            let expiry = entry.expires.map { entry.isExpired(at: now) ? "\($0) (expired)" : $0 }
            rows.append([entry.principal, entry.name ?? "-", entry.shortHash, expiry ?? "-"])
        }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
            Console.say("\(cells.joined(separator: "  "))  \(row[3])")
        }
    }
}

/// `gateway token revoke`
struct TokenRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Take a token out of a configuration.",
        discussion: """
            The token is named by its hash or the first digits of it, eight at least, or by its name. The file is edited in \
            place; all that does not belong to the token stays as it is. A running gateway heeds it when it reads its \
            configuration anew.

              gateway token revoke --config gateway.yaml sha256:1f0c9a77
              gateway token revoke --config gateway.yaml --principal deployer --name ci
            """
    )

    @OptionGroup var option: ConfigurationOption

    @Option(help: "The name of the token.")
    var name: String?

    @Option(help: "The principal whose token it is.")
    var principal: String?

    @Argument(help: "The token's hash, or its first digits.")
    var hash: String?

    func validate() throws {
        if option.path == nil { throw ValidationError("name the configuration by --config FILE") }
        if hash == nil, name == nil { throw ValidationError("name the token by its hash, or by --name NAME") }
        guard let hash else { return }
        let digits = hash.lowercased().trimmingPrefix("sha256:")
        // What stands here may be the token itself: it is not repeated.
        guard (8...64).contains(digits.count), digits.utf8.allSatisfy({ $0.hexDigitValue != nil }) else {
            throw ValidationError("the hash is `sha256:` and 8 to 64 hexadecimal digits, as `gateway token list` prints it")
        }
    }

    func run() throws {
        guard let path = option.path else { return }
        let file = try TokenFile.read(path)
        let found = file.list.find(digits: hash, name: name, principal: principal)
        guard let entry = found.first else { throw CommandFailure("no such token in \(path)") }
        guard found.count == 1 else {
            let names = found.map { "\($0.principal) \($0.name ?? "-") \($0.shortHash)" }
            throw CommandFailure("\(found.count) tokens match; name one of them: \(names.joined(separator: ", "))")
        }
        let edited: String
        do {
            edited = try TokenRemoval.text(file.text, without: entry, in: file.list)
        } catch {
            throw CommandFailure(
                "\(path) is left as it is: \(error.reason); take out \(entry.shortHash)… of `\(entry.principal)` by hand")
        }
        do {
            try FileText.replace(path, with: Array(edited.utf8))
        } catch {
            throw CommandFailure("\(error)")
        }
        Console.say("revoked \(entry.shortHash) \(entry.name ?? "-") of \(entry.principal)")
    }
}

/// A configuration's text with the tokens in it.
private struct TokenFile {
    let text: String
    let list: TokenList

    static func read(_ path: String) throws(CommandFailure) -> TokenFile {
        let bytes: [UInt8]
        do {
            bytes = try FileText.contents(of: path, limit: Configuration.byteLimit)
        } catch {
            throw CommandFailure("\(error)", exitCode: ExitStatus.configuration)
        }
        guard bytes.withView({ $0.isValidUTF8 }) else {
            throw CommandFailure("\(path) is no UTF-8", exitCode: ExitStatus.configuration)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return TokenFile(text: text, list: try TokenList(text, file: path))
    }
}
