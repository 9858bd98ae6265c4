import ArgumentParser
import CSystem

/// The command `gateway`.
public struct GatewayTool: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "gateway",
        abstract: "A REST gateway to Alibaba Cloud style APIs.",
        discussion: """
            Without a configuration it serves a simulated cloud, so that it can be tried at once:

              gateway serve

            Exit codes: 0 done, 1 failed, 2 wrong usage, 78 wrong configuration.
            """,
        version: Version.current,
        subcommands: [
            ServeCommand.self, CheckCommand.self, SimulateCommand.self, RoutesCommand.self, OpenAPICommand.self,
            SignCommand.self, ExplainCommand.self, TokenCommand.self, KeysCommand.self, AccessKeyCommand.self, ReloadCommand.self,
        ]
    )

    public init() {}

    /// Keeps the memory of this process, in which secrets will be, from core dumps and other processes. To be called first.
    public static func protectProcess() { csystem_forbid_dumps() }

    /// Runs the command line `arguments`, given without the program's name.
    /// - Returns: the exit code of the process.
    public static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return ExitStatus.success
        } catch {
            return conclude(error)
        }
    }

    /// Prints what there is to say about `error`, which may be a wish for help.
    private static func conclude(_ error: any Error) -> Int32 {
        switch error {
        case let failure as CommandFailure:
            Console.complain("gateway: \(failure.description)")
            return failure.exitCode
        case let code as ExitCode: return code.rawValue
        default: break
        }
        let code = exitCode(for: error)
        guard code != .success else {
            Console.say(fullMessage(for: error))
            return ExitStatus.success
        }
        var text = fullMessage(for: error)
        if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
        Console.complain("gateway: \(text.prefix(1).lowercased())\(text.dropFirst())")
        return code == .validationFailure ? ExitStatus.usage : ExitStatus.failed
    }
}
