import ArgumentParser
import HTTP

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `gateway serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the API until SIGTERM or SIGINT.",
        discussion: """
            Without --config it runs a simulated cloud in the same process and prints tokens and curl lines to try. With \
            it, requests go where the accounts of the configuration say.

              gateway serve
              gateway serve --listen 127.0.0.1:9090 --speed 10
              gateway serve --config /etc/acs-gateway/gateway.yaml
            """
    )

    @OptionGroup var option: ConfigurationOption

    @Option(
        name: .long,
        help: "Listen here instead of where the configuration says: ADDRESS:PORT or unix:PATH. May be given several times."
    )
    var listen: [String] = []

    @Option(help: "How much faster the time of the simulated cloud goes.")
    var speed: Double?

    @Option(name: .long, help: "How the log looks; auto is text on a terminal.")
    var logFormat: Configuration.Log.Format?

    func validate() throws {
        _ = try listeners()
        if let speed, Configuration.Simulator.speed("\(speed)") == nil {
            throw ValidationError("--speed takes \(Configuration.Simulator.speedForm)")
        }
    }

    func run() async throws {
        guard let path = option.path else {
            let embedded = EmbeddedConfiguration()
            let configuration = try adjusted(embedded.configuration)
            let tokens = embedded.tokens
            return try await run(configuration) { Console.put(ReadyMessage.text(of: $0, tokens: tokens)) }
        }
        let loaded = try ConfigurationOption.load(path)
        for warning in loaded.warnings { Console.complain(warning.description) }
        let file = ConfigurationFile(path) { try adjusted($0) }
        try await run(try adjusted(loaded.configuration), from: file) {
            Console.put(ReadyMessage.text(of: $0, tokens: []))
        }
    }

    private func run(
        _ configuration: Configuration, from file: ConfigurationFile? = nil,
        isReady: @escaping @Sendable (ReadyGateway) -> Void
    ) async throws {
        do {
            try await serve(configuration, from: file, isReady: isReady)
        } catch {
            throw CommandFailure("\(error)\(Self.hint(for: error.description))")
        }
    }

    /// What to do about the fault that newcomers meet most.
    private static func hint(for description: String) -> String {
        description.hasSuffix(String(cString: strerror(EADDRINUSE)))
            ? "; choose another address by --listen, such as --listen 127.0.0.1:9090" : ""
    }

    /// `configuration` with what the command line says instead.
    func adjusted(_ configuration: Configuration) throws -> Configuration {
        var configuration = configuration
        if !listen.isEmpty { configuration.listeners = try listeners() }
        if let logFormat { configuration.log.format = logFormat }
        if let speed {
            guard configuration.accounts.contains(where: { $0.upstream == .simulated }) else {
                throw CommandFailure("--speed needs an account with `simulated: true`", exitCode: ExitStatus.usage)
            }
            configuration.simulator.speed = speed
        }
        return configuration
    }

    private func listeners() throws -> [Configuration.Listener] {
        try listen.map { text in
            guard let endpoint = Configuration.Listener.Endpoint(option: text) else {
                throw ValidationError("\(text.quoted) is no address; write 127.0.0.1:8080, [::1]:8080 or unix:PATH")
            }
            return Configuration.Listener(endpoint)
        }
    }
}

extension Configuration.Log.Format: ExpressibleByArgument {}

extension Configuration.Listener.Endpoint {
    /// Reads what `--listen` takes: ``init(address:)``, or `unix:` and a path.
    init?(option text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard !path.isEmpty, path.utf8.count <= Self.longestPath else { return nil }
            self = .unix(path: path, mode: 0o660)
        } else {
            self.init(address: text)
        }
    }
}
