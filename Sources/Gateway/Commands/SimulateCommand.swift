import ArgumentParser
import Bytes
import CSystem
import HTTP
import Routes
import Simulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `gateway simulate`
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the simulated cloud alone, for any SDK or command line tool of the vendor.",
        discussion: """
            It checks signatures, and keeps what is created until it ends. Without --access-key it makes a key and prints \
            it. Keys given here are visible to other users of this machine and must not be valid anywhere else.

              gateway simulate --listen 127.0.0.1:8081 --access-key testid:testsecret
              gateway simulate --dialect apsara --speed 10
              gateway sign --product ecs --endpoint http://127.0.0.1:8081 --region cn-hangzhou DescribeInstances
            """
    )

    @Option(help: "The address and port to listen on.")
    var listen = "127.0.0.1:8081"

    @Option(help: ArgumentHelp("A key that may call. May be given several times.", valueName: "id:secret"))
    var accessKey: [String] = []

    @Option(help: "Whose API it speaks: \(Dialect.allCases.map(\.rawValue).joined(separator: " or ")), the private cloud.")
    var dialect = Dialect.publicCloud

    @Option(help: "How much faster its time goes.")
    var speed = 1.0

    @Flag(help: "Start without the example fleet.")
    var empty = false

    @Flag(name: .customLong("allow-faults"), help: "Let callers ask for faults by the header x-simulate-fault.")
    var allowsFaults = false

    func validate() throws {
        guard Configuration.Listener.Endpoint(address: listen) != nil else {
            throw ValidationError("\(listen.quoted) is no address; write 127.0.0.1:8081 or [::1]:8081")
        }
        if Configuration.Simulator.speed("\(speed)") == nil {
            throw ValidationError("--speed takes \(Configuration.Simulator.speedForm)")
        }
        for text in accessKey where Self.key(text) == nil {
            // The text is not repeated: it may hold a secret.
            throw ValidationError("--access-key takes an id, a colon and a secret")
        }
    }

    func run() async throws {
        let made = accessKey.isEmpty ? Self.freshKey() : nil
        let keys = made.map { [$0] } ?? accessKey.compactMap(Self.key)
        var configuration = CloudConfiguration(accessKeys: keys)
        configuration.dialect = dialect
        configuration.hasFleet = !empty
        configuration.honoursFaultHeader = allowsFaults
        let cloud = Cloud(configuration, catalogue: try Catalogue.ofThisBuild(), clock: .system(speed: speed))
        guard case .tcp(let host, let port)? = Configuration.Listener.Endpoint(address: listen) else { return }
        do {
            csystem_set_limits()
            let signals = csystem_watch_signals(SIGTERM, SIGINT)
            let server = try SimulatorServer(cloud, host: host, port: port)
            let address = try await server.start()
            Console.say("the simulated cloud is ready on \(address)")
            if let made {
                Console.say("export ALIBABA_CLOUD_ACCESS_KEY_ID=\(made.id)")
                Console.say("export ALIBABA_CLOUD_ACCESS_KEY_SECRET=\(made.secret)")
            }
            let loop = try EventLoop(name: "signals")
            try loop.start()
            await loop.untilReadable(signals)
            loop.stop()
            loop.join()
            await server.shutdown()
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    private static func key(_ text: String) -> CloudConfiguration.AccessKey? {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return nil }
        let secret = String(text[text.index(after: colon)...])
        return secret.isEmpty ? nil : .init(id: String(text[..<colon]), secret: secret)
    }

    /// A key for this run alone.
    private static func freshKey() -> CloudConfiguration.AccessKey {
        var secret: [UInt8] = []
        for _ in 0..<2 { secret.append(hex: SystemRandom.bits64()) }
        return .init(id: "simulated-key", secret: String(decoding: secret, as: UTF8.self))
    }
}

extension Dialect: ExpressibleByArgument {}
