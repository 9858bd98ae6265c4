import Bytes
import CSystem
import Glibc
import HTTP
import Logging
import Routes
import Signer
import Simulator
import Synchronization

/// A gateway that is ready to serve.
public struct ReadyGateway: Sendable {
    /// Where callers reach it.
    public var addresses: [BoundAddress]
    /// Where the simulated cloud of this process listens, if any account uses it.
    public var simulator: BoundAddress?
    /// The same for the simulated private cloud.
    public var privateSimulator: BoundAddress?
    /// Names out of the simulated cloud, for a first session.
    public var introduction: Introduction?
}

/// Serves `configuration` until SIGTERM or SIGINT, then stops accepting, lets what runs finish within the configured grace
/// time, and returns.
///
/// - Parameter isReady: called once, when every listener accepts connections.
/// - Throws: ``ServeError`` when the gateway cannot start.
public func serve(_ configuration: Configuration, isReady: @Sendable (ReadyGateway) -> Void) async throws(ServeError) {
    csystem_set_limits()
    heap_keep_freed(32 << 20)
    let signals = csystem_watch_signals(SIGTERM, SIGINT)
    let style = LogStyle(configuration.log.format, descriptor: STDERR_FILENO)
    let sink = LogSink(descriptor: STDERR_FILENO, style: style)
    defer { sink.close() }
    let logger = Logger(label: "gateway") { _ in
        LineLogHandler(sink: sink, style: style, level: configuration.log.level)
    }
    let serving = try await Serving(configuration, sink: sink, style: style)
    let addresses = serving.ready.addresses.map(\.description).joined(separator: " ")
    logger.info("serving", metadata: ["version": "\(Version.current)", "addresses": "\(addresses)"])
    isReady(serving.ready)
    await serving.loops[0].untilReadable(signals)
    logger.info("shutting down", metadata: ["grace": "\(Quantity.text(configuration.shutdown.grace))"])
    await serving.shutdown(grace: configuration.shutdown.grace)
    logger.info("stopped")
}

/// Why a gateway cannot start, in words for the person who starts it.
public struct ServeError: Error, CustomStringConvertible, Sendable {
    public var description: String

    init(_ description: String) {
        self.description = description
    }
}

/// All that runs while a gateway serves.
struct Serving: Sendable {
    let loops: [EventLoop]
    let server: Server
    let simulator: SimulatorServer?
    let operations: Operations
    let ready: ReadyGateway

    init(_ configuration: Configuration, sink: LogSink, style: LogStyle) async throws(ServeError) {
        do {
            let catalogue = try Catalogue()
            let simulation = try await Simulation(configuration, catalogue)
            let accounts = try AccountBuilder(simulation).build(configuration)
            let services = try Services(configuration, catalogue: catalogue, accounts: accounts.accounts, sink: sink)
            let metrics = Metrics(actions: services.actions.map(\.text))
            let loops = try Self.makeLoops(configuration.threads)
            let census = ConnectionCount()
            let operations = Operations(metrics: metrics, services: services) { census.count }
            var clients: [ObjectIdentifier: [Client]] = [:]
            for loop in loops {
                var own: [Client] = []
                for kind in accounts.clients { own.append(try Client(loop: loop, configuration: kind)) }
                clients[ObjectIdentifier(loop)] = own
            }
            for loop in loops { try loop.start() }
            let loopClients = clients
            let server = Server(try ServerConfiguration(configuration), loops: loops) { loop in
                let log = LoopLog(sink: sink, style: style, isEnabled: configuration.log.access)
                loop.atEndOfTurn { log.flush() }
                return Pipeline(
                    services: services, loop: loop, clients: loopClients[ObjectIdentifier(loop)] ?? [],
                    metrics: metrics.makeLoop(), log: log, operations: operations)
            }
            census.server = server
            let addresses = try await server.start()
            self.loops = loops
            self.server = server
            self.simulator = simulation?.server
            self.operations = operations
            ready = ReadyGateway(
                addresses: addresses, simulator: simulation?.address(of: .publicCloud),
                privateSimulator: simulation?.address(of: .apsara), introduction: simulation?.introduction)
        } catch let error as ServeError {
            throw error
        } catch {
            throw ServeError("\(error)")
        }
    }

    func shutdown(grace: Duration) async {
        operations.drain()
        await server.shutdown(grace: grace)
        await simulator?.shutdown()
        for loop in loops { loop.stop() }
        for loop in loops { loop.join() }
    }

    private static func makeLoops(_ threads: Configuration.Threads) throws(SystemError) -> [EventLoop] {
        let count =
            switch threads {
            case .auto: Processors.available
            case .count(let count): count
            }
        var loops: [EventLoop] = []
        for index in 0..<max(1, count) {
            let loop = try EventLoop(name: "loop-\(index)")
            loops.append(loop)
        }
        return loops
    }
}

/// The number of connections of a server that exists later than those who ask.
private final class ConnectionCount: Sendable {
    private let current = Mutex<Server?>(nil)

    var server: Server? {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    var count: Int { server?.connectionCount ?? 0 }
}

extension EventLoop {
    /// Waits until `descriptor` has something to read.
    func untilReadable(_ descriptor: Int32) async {
        await withCheckedContinuation { continuation in
            submit { [self] in
                let once = Once(continuation)
                once.watch = try? watch(descriptor, .readable) { _ in once.finish() }
                if once.watch == nil { once.finish() }
            }
        }
    }

    /// INVARIANT: touched on the loop only.
    private final class Once {
        var watch: Watch?
        private var continuation: CheckedContinuation<Void, Never>?

        init(_ continuation: CheckedContinuation<Void, Never>) {
            self.continuation = continuation
        }

        func finish() {
            watch?.cancel()
            watch = nil
            continuation?.resume()
            continuation = nil
        }
    }
}

extension ServerConfiguration {
    /// - Throws: ``ServeError`` for a TLS file that cannot be read any more.
    init(_ configuration: Configuration) throws(ServeError) {
        var listeners: [Listener] = []
        for listener in configuration.listeners {
            switch listener.endpoint {
            case .unix(let path, let mode): listeners.append(.unix(path: path, mode: mode))
            case .tcp(let address, let port):
                var tls: TLS?
                if let files = listener.tls {
                    tls = TLS(
                        certificate: try Self.text(files.certificate), key: try Self.text(files.key),
                        clientCA: try files.clientCA.map(Self.text))
                }
                listeners.append(.tcp(host: address, port: port, tls: tls))
            }
        }
        self.init(listeners: listeners, limits: ServerLimits(configuration.limits))
    }

    private static func text(_ path: String) throws(ServeError) -> String {
        do {
            return String(decoding: try FileText.contents(of: path, limit: 1 << 20), as: UTF8.self)
        } catch {
            throw ServeError("\(path): \(error.reason)")
        }
    }
}

extension ServerLimits {
    init(_ limits: Configuration.Limits) {
        self.init()
        headBytes = limits.head
        headerCount = limits.headers
        targetBytes = limits.url
        bodyBytes = limits.body
        connections = limits.connections
        connectionsPerAddress = limits.connectionsPerAddress ?? limits.connections
        idleTime = limits.idleTime
        headTime = limits.headTime
        bodyTime = limits.bodyTime
        writeTime = limits.writeTime
    }
}
