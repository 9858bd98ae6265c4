import Cache
import Signer
import Synchronization

/// What the gateway tells those who run it: health, readiness, metrics. Shared by all loops.
final class Operations: Sendable {
    let metrics: Metrics
    private let services: Services
    private let draining = Atomic<Bool>(false)
    /// Open connections of callers; set when the server exists.
    private let connections: @Sendable () -> Int

    init(metrics: Metrics, services: Services, connections: @escaping @Sendable () -> Int) {
        self.metrics = metrics
        self.services = services
        self.connections = connections
    }

    /// Whether the gateway is shutting down.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// From now on the gateway is not ready: it is shutting down.
    func drain() { draining.store(true, ordering: .relaxed) }

    func metricsPage() -> [UInt8] {
        var gauges = Metrics.Gauges(
            cache: services.cache.statistics, connections: connections(), droppedLogLines: services.sink.droppedLines)
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
        if let warning = SecureHeap.warning { result.append(warning) }
        return result
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
        if services.sink.isFailing { result.append("the log cannot be written") }
        return result
    }
}
