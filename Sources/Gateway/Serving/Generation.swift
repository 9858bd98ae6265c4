import HTTP
import Logging
import Routes

/// One configuration, with everything that was made of it: what a reload replaces as a whole.
struct Generation: Sendable {
    let configuration: Configuration
    let services: Services
    /// The accounts ready for calls, with who renews their keys.
    private let built: AccountBuilder.Built

    /// Renews the accounts' keys; that of the generation before, where the accounts are the same.
    var keeper: CredentialKeeper? { built.keeper }
    /// The clients that the accounts need, in the order of ``CloudAccount/client``.
    var clients: [ClientConfiguration] { built.clients }

    /// Makes everything; what cannot be made is thrown, and leaves nothing behind. `former` is the generation in force,
    /// whose cache and stores go on where the new one may see what they hold.
    init(
        _ configuration: Configuration, catalogue: Catalogue, simulation: Simulation?, sink: LogSink, logger: Logger,
        after former: Generation? = nil
    ) async throws(ServeError) {
        self.configuration = configuration
        built = try await AccountBuilder(simulation, logger: logger).build(
            configuration, after: former.map { .init(accounts: $0.configuration.accounts, built: $0.built) })
        do throws(ServiceError) {
            services = try Services(
                configuration, catalogue: catalogue, accounts: built.accounts, sink: sink, after: former?.services)
        } catch {
            if built.keeper !== former?.keeper { await built.keeper?.shutdown() }
            throw ServeError("\(error)")
        }
    }

    /// What of a configuration is read at the start only, and differs: names of keys.
    func restartKeys(comparedTo other: Configuration) -> [String] {
        var keys: [String] = []
        let mine = configuration
        if mine.listeners.map(\.endpoint) != other.listeners.map(\.endpoint)
            || mine.listeners.map({ $0.tls == nil }) != other.listeners.map({ $0.tls == nil })
        {
            keys.append("listen")
        }
        if mine.threads != other.threads { keys.append("threads") }
        if mine.limits != other.limits { keys.append("limits") }
        if mine.simulator != other.simulator { keys.append("simulator") }
        if mine.log.format != other.log.format || mine.log.level != other.log.level { keys.append("log") }
        if mine.reload != other.reload { keys.append("reload") }
        return keys
    }
}
