import ArgumentParser
import Auth
import Bytes

/// `gateway token`
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make API tokens.",
        discussion: """
            Example:

              gateway token new
            """,
        subcommands: [TokenNewCommand.self]
    )
}

/// `gateway token new`
struct TokenNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Print a new token, once, and its hash.",
        discussion: """
            The token goes to its owner, the hash into `tokens` of a principal in the configuration. The token is kept \
            nowhere and cannot be printed again.

              gateway token new
            """
    )

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
        Console.put(line)
    }
}
