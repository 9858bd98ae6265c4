import Auth

/// The counters of one event loop. Written on its loop's thread only, read by whoever renders ``Metrics``.
public final class LoopMetrics: Sendable {
    /// Where each group of counters begins.
    struct Layout: Sendable {
        let requests = 0
        let requestTimes: Int
        let authenticationFailures: Int
        let decisions: Int
        let calls: Int
        let callTimes: Int
        let count: Int
        /// The configured actions, and one more for all others.
        let actionCount: Int

        init(actions: Int) {
            actionCount = actions + 1
            requestTimes = requests + RequestClass.allCases.count * StatusLabel.labels.count
            authenticationFailures = requestTimes + RequestClass.allCases.count * Buckets.request.cellCount
            decisions = authenticationFailures + FailureLabel.failures.count
            calls = decisions + DecisionLabel.outcomes.count
            callTimes = calls + actionCount * UpstreamOutcome.allCases.count
            count = callTimes + actionCount * Buckets.upstream.cellCount
        }
    }

    let layout: Layout
    let cells: CounterBlock
    /// Positions of the actions by name.
    private let actions: [String: Int]

    init(actions: [String: Int]) {
        self.actions = actions
        layout = Layout(actions: actions.count)
        cells = CounterBlock(count: layout.count)
    }

    /// Counts a request and the nanoseconds it took; status 0 is a request without an answer.
    public func completed(_ class: RequestClass, status: UInt16, nanoseconds: UInt64) {
        let position = `class`.position
        cells.add(1, at: layout.requests + position * StatusLabel.labels.count + StatusLabel.index(of: status))
        add(nanoseconds, to: layout.requestTimes + position * Buckets.request.cellCount, .request)
    }

    /// Counts a call of the cloud and the nanoseconds it took. Actions that are not configured, of which a caller could
    /// name any number, share one counter.
    public func called(_ action: String, _ outcome: UpstreamOutcome, _ nanoseconds: UInt64) {
        let action = actions[action] ?? layout.actionCount - 1
        cells.add(1, at: layout.calls + action * UpstreamOutcome.allCases.count + outcome.position)
        add(nanoseconds, to: layout.callTimes + action * Buckets.upstream.cellCount, .upstream)
    }

    /// Counts a caller that is not authenticated.
    public func authenticationFailed(_ failure: AuthenticationFailure) {
        guard let position = FailureLabel.failures.firstIndex(of: failure) else { return }
        cells.add(1, at: layout.authenticationFailures + position)
    }

    /// Counts a decision of the policies.
    public func decided(_ outcome: Decision.Outcome) {
        guard let position = DecisionLabel.outcomes.firstIndex(of: outcome) else { return }
        cells.add(1, at: layout.decisions + position)
    }

    private func add(_ nanoseconds: UInt64, to histogram: Int, _ buckets: Buckets) {
        cells.add(1, at: histogram + buckets.index(of: nanoseconds))
        cells.add(nanoseconds, at: histogram + buckets.labels.count)
    }
}

extension RequestClass {
    /// The place among all cases.
    var position: Int {
        switch self {
        case .read: 0
        case .write: 1
        case .gateway: 2
        case .unmatched: 3
        }
    }
}

extension UpstreamOutcome {
    /// The place among all cases.
    var position: Int {
        switch self {
        case .ok: 0
        case .refused: 1
        case .throttled: 2
        case .credentials: 3
        case .failed: 4
        case .unreachable: 5
        case .timeout: 6
        }
    }
}
