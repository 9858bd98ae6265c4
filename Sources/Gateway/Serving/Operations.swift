import Cache
import Signer
import Synchronization

/// What the gateway tells those who run it: health, readiness, metrics. Shared by all loops.
final class Operations: Sendable {
    let metrics: Metrics
    private let current: Mutex<Services>
    private let lastReload = Mutex(ReloadRecord())
    private let draining = Atomic<Bool>(false)
    /// Open connections of callers; set when the server exists.
    private let connections: @Sendable () -> Int

    init(metrics: Metrics, services: Services, connections: @escaping @Sendable () -> Int) {
        self.metrics = metrics
        current = Mutex(services)
        self.connections = connections
    }

    private var services: Services { current.withLock { $0 } }

    /// Another configuration is in force.
    func adopt(_ services: Services) { current.withLock { $0 = services } }

    /// Takes note of a reload; `failure` is why the old configuration stays.
    func reloaded(failure: String?) { lastReload.withLock { $0.note(failure) } }

    /// Whether the gateway is shutting down.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// From now on the gateway is not ready: it is shutting down.
    func drain() { draining.store(true, ordering: .relaxed) }

    func metricsPage() -> [UInt8] {
        var gauges = Metrics.Gauges(
            cache: services.cache.statistics, connections: connections(), droppedLogLines: services.sink.droppedLines)
        gauges.lostAuditLines = services.audit?.lostLines ?? 0
        gauges.reload = lastReload.withLock { $0 }
        gauges.credentials = services.accounts.map(CredentialGauge.init)
        return metrics.page(gauges)
    }

    /// What does not keep the gateway from serving now, but will if nobody sees to it.
    func warnings() -> [String] {
        var result: [String] = []
        for account in services.accounts {
            guard case .renewalFailed(let error, let end) = account.credentials.status else { continue }
            let rest = end.map { "serves until \($0)" } ?? "serves on"
            result.append("account `\(account.name)`: renewing the key failed, the old one \(rest): \(error)")
        }
        if let failure = lastReload.withLock({ $0.failure }) {
            result.append("the configuration could not be reloaded, that of before is in force: \(failure)")
        }
        if let text = auditTrouble, services.configuration.audit?.onFailure != .refuseWrites { result.append(text) }
        if let warning = SecureHeap.warning { result.append(warning) }
        return result
    }

    private var auditTrouble: String? {
        services.audit.flatMap { $0.isFailing ? "the audit log cannot be written" : nil }
    }

    /// What keeps the gateway from serving; empty when it is ready.
    func obstacles() -> [String] {
        var result: [String] = []
        if isDraining { result.append("shutting down") }
        for account in services.accounts {
            guard case .failed(let error) = account.credentials.status else { continue }
            result.append("account `\(account.name)`: no access key: \(error)")
        }
        result += services.access.obstacles
        if let text = auditTrouble, services.configuration.audit?.onFailure == .refuseWrites {
            result.append("\(text), so nothing may be changed")
        }
        if services.sink.isFailing { result.append("the log cannot be written") }
        return result
    }
}
