import Testing

@testable import Gateway

/// What every command has: help with an example, exit codes, errors that say what to do.
@Suite struct CommandLineTests {
    static let commands = [
        "serve", "check", "simulate", "routes", "openapi", "sign", "explain", "token new", "token list", "token revoke",
        "keys", "keys add", "keys list", "keys rotate", "keys remove",
    ]

    @Test(arguments: commands)
    func helpHasAnExample(_ command: String) async {
        let run = await CommandRun(command.split(separator: " ").map(String.init) + ["--help"])
        #expect(run.code == 0)
        #expect(run.errors == "")
        #expect(run.output.hasPrefix("OVERVIEW: "))
        #expect(run.output.contains("\n  gateway \(command)"))
        #expect(run.output.contains("\nUSAGE: gateway \(command)"))
        #expect(run.output.split(separator: "\n").allSatisfy { $0.hasPrefix("USAGE") || $0.count <= 80 })
    }

    @Test func theRootListsAllCommands() async {
        let run = await CommandRun(["--help"])
        #expect(run.code == 0)
        for command in Self.commands { #expect(run.output.contains("\n  \(command.split(separator: " ")[0]) ")) }
    }

    @Test func theVersion() async {
        let run = await CommandRun(["--version"])
        #expect(run.code == 0)
        #expect(run.output == "\(Version.current)\n")
    }

    @Test(
        arguments: [
            (["nope"], "unexpected argument 'nope'"),
            (["serve", "--port", "1"], "unknown option '--port'"),
            (["serve", "--listen", "localhost:80"], "`localhost:80` is no address"),
            (["serve", "--listen", "unix:"], "`unix:` is no address"),
            (["serve", "--speed", "0"], "--speed takes a number from 0.01"),
            (["serve", "--speed", "fast"], "the value 'fast' is invalid"),
            (["serve", "--log-format", "xml"], "the value 'xml' is invalid"),
            (["simulate", "--listen", "unix:/tmp/a"], "`unix:/tmp/a` is no address"),
            (["simulate", "--access-key", "S3CRET"], "--access-key takes an id, a colon and a secret"),
            (["routes", "--json", "--markdown"], "value to be set with flag '--markdown'"),
            (["sign", "DescribeRegions"], "missing expected argument '--product"),
            (["sign", "--product", "ecs", "DescribeRegions", "PageSize"], "`PageSize` is no parameter; write Key=value"),
            (["sign", "--product", "ecs", "--endpoint", "ftp://h", "DescribeRegions"], "`ftp://h` is no address"),
            (["sign", "--product", "ecs", "DescribeInstence"], "did you mean `DescribeInstances`?"),
            (["sign", "--account", "a", "--product", "ecs", "DescribeRegions"], "--account needs --config FILE"),
            (["sign", "--config", "f", "--profile", "p", "--product", "ecs", "DescribeRegions"], "do not go with --config"),
            (["keys", "add", "--file", "f", "prod"], "missing expected argument '--id"),
            (["explain", "--principal", "a", "ecs:StopInstance", "*"], "name the configuration by --config"),
            (["explain", "--config", "f", "ecs:StopInstance", "*"], "name a principal"),
            (["explain", "--config", "f", "--principal", "a", "StopInstance", "*"], "name an action with its product"),
            (["explain", "--config", "f", "--principal", "a", "ecs:StopInstance"], "name a resource"),
            (["explain", "--batch", "--config", "f"], "leave the rest out"),
        ] as [([String], String)])
    func wrongUsage(_ arguments: [String], _ message: String) async {
        let run = await CommandRun(arguments)
        #expect(run.code == 2)
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("gateway: "), "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(!run.errors.contains("S3CRET"))
    }

    @Test(arguments: ["serve", "check", "explain"])
    func aFaultyConfigurationIsExitCode78(_ command: String) async throws {
        let folder = try ScratchFolder(["gateway.yaml": "accounts: {}\nthreads: 0\nprincipals: {}\n"])
        let rest = command == "explain" ? ["--principal", "a", "ecs:StopInstance", "*"] : []
        let run = await CommandRun([command, "--config", "\(folder.path)/gateway.yaml"] + rest)
        #expect(run.code == 78)
        #expect(run.output == "")
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.first == "\(folder.path)/gateway.yaml:1:11: error: accounts: found no account; allowed: at least one")
        #expect(lines.last == "gateway: \(folder.path)/gateway.yaml: 3 errors")
    }
}
