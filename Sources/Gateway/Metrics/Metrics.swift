import Auth
import Bytes
import Cache
import Synchronization

/// All that the gateway counts. Each loop has counters of its own; they are added up when somebody looks.
public final class Metrics: Sendable {
    /// What is counted elsewhere and shown on the same page.
    public struct Gauges: Sendable {
        public var cache: CacheStatistics
        /// Open connections of callers.
        public var connections: Int
        /// Lines that the log lost.
        public var droppedLogLines: Int
        /// Lines that the audit log lost.
        public var lostAuditLines = 0
        /// How configurations were reloaded.
        public var reload = ReloadRecord()
        /// The keys of the accounts.
        public var credentials: [CredentialGauge] = []

        public init(cache: CacheStatistics, connections: Int, droppedLogLines: Int) {
            self.cache = cache
            self.connections = connections
            self.droppedLogLines = droppedLogLines
        }
    }

    private let actions: [String]
    private let positions: [String: Int]
    private let loops = Mutex<[LoopMetrics]>([])
    private let startTime = SystemClock.wall

    /// `actions` are the names that calls of the cloud are counted by, `ecs:DescribeInstances`.
    public init(actions: some Sequence<String>) {
        var positions: [String: Int] = [:]
        var names: [String] = []
        for action in actions where positions[action] == nil {
            positions[action] = names.count
            names.append(action)
        }
        self.actions = names + ["other"]
        self.positions = positions
    }

    /// Counters for one more loop.
    public func makeLoop() -> LoopMetrics {
        let metrics = LoopMetrics(actions: positions)
        loops.withLock { $0.append(metrics) }
        return metrics
    }

    /// The page for `GET /metrics`, in the text format of Prometheus. Series that were never counted are left out, but for
    /// those whose absence would say nothing.
    public func page(_ gauges: Gauges) -> [UInt8] {
        let loops = loops.withLock { $0 }
        let layout = LoopMetrics.Layout(actions: positions.count)
        var totals = [UInt64](repeating: 0, count: layout.count)
        for loop in loops {
            for index in totals.indices { totals[index] &+= loop.cells.value(at: index) }
        }
        var page = MetricsPage()
        addRequests(totals, layout, to: &page)
        addAccess(totals, layout, to: &page)
        addCalls(totals, layout, to: &page)
        add(gauges, to: &page)
        gauges.reload.add(to: &page)
        CredentialGauge.add(gauges.credentials, to: &page)
        ProcessMetrics.add(startTime: startTime, to: &page)
        return page.bytes
    }

    private func addRequests(_ totals: [UInt64], _ layout: LoopMetrics.Layout, to page: inout MetricsPage) {
        let requests = "acs_gateway_requests_total"
        page.begin(requests, .counter, "Requests by class and status.")
        for kind in RequestClass.allCases {
            for (index, status) in StatusLabel.labels.enumerated() {
                let count = totals[layout.requests + kind.position * StatusLabel.labels.count + index]
                if count > 0 { page.sample(requests, [("class", kind.rawValue), ("status", status)], count) }
            }
        }
        let times = "acs_gateway_request_duration_seconds"
        page.begin(times, .histogram, "From the request line to the last byte of the answer.")
        for kind in RequestClass.allCases {
            let start = layout.requestTimes + kind.position * Buckets.request.cellCount
            let cells = Array(totals[start..<start + Buckets.request.cellCount])
            page.histogram(times, [("class", kind.rawValue)], .request, cells)
        }
    }

    private func addAccess(_ totals: [UInt64], _ layout: LoopMetrics.Layout, to page: inout MetricsPage) {
        let failures = "acs_gateway_authentication_failures_total"
        page.begin(failures, .counter, "Callers that were not authenticated, by reason.")
        for (index, reason) in FailureLabel.labels.enumerated() {
            page.sample(failures, [("reason", reason)], totals[layout.authenticationFailures + index])
        }
        let decisions = "acs_gateway_decisions_total"
        page.begin(decisions, .counter, "Decisions of the policies.")
        for (index, outcome) in DecisionLabel.outcomes.enumerated() {
            page.sample(decisions, [("decision", outcome.rawValue)], totals[layout.decisions + index])
        }
    }

    private func addCalls(_ totals: [UInt64], _ layout: LoopMetrics.Layout, to page: inout MetricsPage) {
        let calls = "acs_gateway_upstream_calls_total"
        page.begin(calls, .counter, "Calls of the cloud by action and outcome, every try counted.")
        for (position, action) in actions.enumerated() {
            for outcome in UpstreamOutcome.allCases {
                let count = totals[layout.calls + position * UpstreamOutcome.allCases.count + outcome.position]
                if count > 0 { page.sample(calls, [("action", action), ("outcome", outcome.rawValue)], count) }
            }
        }
        let times = "acs_gateway_upstream_duration_seconds"
        page.begin(times, .histogram, "Calls of the cloud by action.")
        for (position, action) in actions.enumerated() {
            let start = layout.callTimes + position * Buckets.upstream.cellCount
            let cells = Array(totals[start..<start + Buckets.upstream.cellCount])
            if cells.contains(where: { $0 > 0 }) { page.histogram(times, [("action", action)], .upstream, cells) }
        }
    }

    private func add(_ gauges: Gauges, to page: inout MetricsPage) {
        let lookups = "acs_gateway_cache_lookups_total"
        page.begin(lookups, .counter, "Lookups in the cache by result.")
        page.sample(lookups, [("result", "hit")], gauges.cache.hits)
        page.sample(lookups, [("result", "miss")], gauges.cache.misses)
        page.sample(lookups, [("result", "coalesced")], gauges.cache.coalesced)
        page.single(
            "acs_gateway_cache_evictions_total", .counter, "Answers dropped from the cache to make room.", gauges.cache.evictions)
        page.single(
            "acs_gateway_cache_invalidations_total", .counter, "Writes that made cached answers stale.",
            gauges.cache.invalidations)
        page.single("acs_gateway_cache_bytes", .gauge, "Memory that cached answers take.", UInt64(clamping: gauges.cache.bytes))
        page.single("acs_gateway_cache_entries", .gauge, "Cached answers.", UInt64(clamping: gauges.cache.entries))
        page.single("acs_gateway_connections", .gauge, "Open connections of callers.", UInt64(clamping: gauges.connections))
        page.single(
            "acs_gateway_audit_lines_lost_total", .counter, "Audit lines that could not be written.",
            UInt64(clamping: gauges.lostAuditLines))
        page.single(
            "acs_gateway_log_lines_dropped_total", .counter, "Log lines that could not be written.",
            UInt64(clamping: gauges.droppedLogLines))
    }
}
