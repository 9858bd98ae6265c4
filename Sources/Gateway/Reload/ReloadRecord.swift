import Bytes

/// What became of the attempts to load the configuration anew.
public struct ReloadRecord: Sendable {
    /// Why the last attempt left the configuration as it was; nil when it did not.
    public private(set) var failure: String?
    private var successes: UInt64 = 0
    private var failures: UInt64 = 0
    /// Nanoseconds since 1970.
    private var lastSuccess = SystemClock.wall

    public init() {}

    mutating func note(_ failure: String?) {
        self.failure = failure
        if failure == nil {
            successes += 1
            lastSuccess = SystemClock.wall
        } else {
            failures += 1
        }
    }

    func add(to page: inout MetricsPage) {
        let reloads = "acs_gateway_reloads_total"
        page.begin(reloads, .counter, "Attempts to load the configuration anew.")
        page.sample(reloads, [("outcome", "ok")], successes)
        page.sample(reloads, [("outcome", "failed")], failures)
        page.single(
            "acs_gateway_configuration_timestamp_seconds", .gauge, "When the configuration in force was loaded.",
            lastSuccess / 1_000_000_000)
    }
}
