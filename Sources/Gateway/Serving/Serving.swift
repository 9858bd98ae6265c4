import HTTP
import Logging
import Routes
import Synchronization

/// All that runs while a gateway serves: loops, server, simulated cloud, and the configuration in force.
final class Serving: Sendable {
    let loops: [EventLoop]
    let operations: Operations
    let ready: ReadyGateway
    private let server: Server
    private let simulation: Simulation?
    private let catalogue: Catalogue
    private let sink: LogSink
    private let logger: Logger
    private let metrics: Metrics
    private let clients: [LoopClients]
    private let handlers: Mutex<[LoopHandler]>
    private let state: Mutex<State>

    private struct State {
        var generation: Generation
        var fetchers: [KeyFetcher]
        /// The certificates that each listener serves with.
        var certificates: [ServerConfiguration.TLS?]
    }

    init(_ configuration: Configuration, sink: LogSink, style: LogStyle, logger: Logger) async throws(ServeError) {
        do {
            let catalogue = try Catalogue()
            let simulation = try await Simulation(configuration, catalogue)
            let generation = try await Generation(
                configuration, catalogue: catalogue, simulation: simulation, sink: sink, logger: logger)
            let metrics = Metrics(actions: generation.services.actions.map(\.text))
            let loops = try Self.makeLoops(configuration.threads)
            let clients = loops.map(LoopClients.init)
            let census = ConnectionCount()
            let operations = Operations(metrics: metrics, services: generation.services) { census.count }
            let fetchers = try Self.fetchers(generation, clients[0], logger)
            // On the loops' threads they are only looked up.
            for own in clients { _ = try own.clients(generation.clients) }
            for loop in loops { try loop.start() }
            for fetcher in fetchers { fetcher.start() }
            let handlers = HandlerList()
            let serverConfiguration = try ServerConfiguration(configuration)
            let server = Server(serverConfiguration, loops: loops) { loop in
                let log = LoopLog(loop: loop, sink: sink, style: style)
                loop.atEnd { log.flush() }
                let own = clients.first { $0.loop === loop }
                let handler = LoopHandler(
                    Pipeline(
                        services: generation.services, loop: loop, clients: (try? own?.clients(generation.clients)) ?? [],
                        metrics: metrics.makeLoop(), log: log, operations: operations))
                handlers.add(handler)
                return handler
            }
            census.server = server
            let addresses = try await server.start()
            CatalogueSource.rest()
            self.loops = loops
            self.server = server
            self.simulation = simulation
            self.catalogue = catalogue
            self.sink = sink
            self.logger = logger
            self.metrics = metrics
            self.clients = clients
            self.handlers = Mutex(handlers.all)
            self.operations = operations
            state = Mutex(
                State(generation: generation, fetchers: fetchers, certificates: serverConfiguration.listeners.map(\.tls)))
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
        await state.withLock { $0.generation }.keeper?.shutdown()
        await simulation?.server.shutdown()
        for loop in loops { loop.stop() }
        for loop in loops { loop.join() }
        state.withLock { $0.generation.services.audit }?.close()
    }

    /// Goes on in the audit file that has the configured path now.
    func reopenAudit() {
        state.withLock { $0.generation.services.audit }?.reopen()
    }

    /// How long what belonged to an earlier configuration goes on for the requests that came to it.
    private static let former = Duration.seconds(120)

    /// Puts another configuration in force: all of it, or, when something is thrown, nothing. Requests that are on their
    /// way are finished under the one before. Not to be called twice at a time.
    ///
    /// - Returns: the keys whose change only a restart puts in force.
    func adopt(_ configuration: Configuration) async throws(ServeError) -> [String] {
        let former = state.withLock { $0 }
        if let account = configuration.accounts.first(where: { account in
            account.upstream == .simulated && simulation?.endpoint(of: account.dialect) == nil
        }) {
            throw ServeError(
                "account `\(account.name)` wants a simulated cloud of dialect `\(account.dialect.rawValue)`, which is new; "
                    + "restart to begin with it")
        }
        let certificates = try ServerConfiguration(configuration).listeners.map(\.tls)
        let next = try await Generation(
            configuration, catalogue: catalogue, simulation: simulation, sink: sink, logger: logger,
            after: former.generation)
        do throws(SystemError) {
            let fetchers = try await onLoop(clients[0]) { [logger] own throws(SystemError) in
                try Self.fetchers(next, own, logger)
            }
            for own in clients {
                try await onLoop(own) { own throws(SystemError) in _ = try own.clients(next.clients) }
            }
            try await renewCertificates(former.certificates, certificates)
            for fetcher in former.fetchers { fetcher.stop() }
            for fetcher in fetchers { fetcher.start() }
            state.withLock { $0 = State(generation: next, fetchers: fetchers, certificates: certificates) }
        } catch {
            if next.keeper !== former.generation.keeper { await next.keeper?.shutdown() }
            throw ServeError("\(error)")
        }
        operations.adopt(next.services)
        if let log = former.generation.services.audit, log !== next.services.audit {
            Task {
                try? await Task.sleep(for: Self.former)
                log.close()
            }
        }
        for handler in handlers.withLock({ $0 }) { await change(handler, to: next) }
        if let keeper = former.generation.keeper, keeper !== next.keeper {
            Task {
                try? await Task.sleep(for: Self.former)
                await keeper.shutdown()
            }
        }
        return next.restartKeys(comparedTo: former.generation.configuration)
    }

    private func change(_ handler: LoopHandler, to next: Generation) async {
        await withCheckedContinuation { continuation in
            handler.loop.submit { [clients] in
                let own = clients.first { $0.loop === handler.loop }
                handler.change(services: next.services, clients: (try? own?.clients(next.clients)) ?? [])
                continuation.resume()
            }
        }
    }

    /// Listeners whose address stays get their new certificates.
    private func renewCertificates(
        _ old: [ServerConfiguration.TLS?], _ new: [ServerConfiguration.TLS?]
    ) async throws(SystemError) {
        guard old.count == new.count else { return }
        for (index, tls) in new.enumerated() {
            guard let tls, old[index] != nil, tls != old[index] else { continue }
            try await server.renew(index, tls)
        }
    }

    private func onLoop<Value: Sendable>(
        _ own: LoopClients, _ body: @escaping @Sendable (LoopClients) throws(SystemError) -> Value
    ) async throws(SystemError) -> Value {
        let result = await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, SystemError>, Never>) in
            own.loop.submit {
                continuation.resume(returning: Result { () throws(SystemError) in try body(own) })
            }
        }
        return try result.get()
    }

    private static func fetchers(
        _ generation: Generation, _ clients: LoopClients, _ logger: Logger
    ) throws(SystemError) -> [KeyFetcher] {
        var result: [KeyFetcher] = []
        for issuer in generation.services.access.fetched {
            result.append(KeyFetcher(issuer, client: try clients.client(issuer.fetch.client), logger: logger))
        }
        return result
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

/// Handlers as the loops make them.
private final class HandlerList: Sendable {
    private let handlers = Mutex<[LoopHandler]>([])

    func add(_ handler: LoopHandler) { handlers.withLock { $0.append(handler) } }

    var all: [LoopHandler] { handlers.withLock { $0 } }
}
