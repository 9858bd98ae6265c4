import Bytes
import Signer

/// What there is to see of an account's key.
public struct CredentialGauge: Sendable {
    public var account: String
    /// Whether there is a valid key.
    public var isReady: Bool
    /// Whether the last attempt to renew it failed.
    public var isFailing: Bool
    /// When it expires; nil for a permanent one.
    public var expiration: Timestamp?
    /// Attempts to renew it, so far.
    public var renewals: (succeeded: UInt64, failed: UInt64) = (0, 0)
    /// Sessions of roles that are kept for callers.
    public var sessions: (kept: Int, failing: Int) = (0, 0)

    init(_ account: CloudAccount) {
        self.account = account.name
        switch account.credentials.status {
        case .ready(let end): (isReady, isFailing, expiration) = (true, false, end)
        case .renewalFailed(_, let end): (isReady, isFailing, expiration) = (true, true, end)
        case .failed: (isReady, isFailing) = (false, true)
        }
        if let renewing = account.credentials as? RenewingCredentials { renewals = renewing.attempts }
        if let roles = account.roles { sessions = roles.statistics }
    }

    /// Adds the metrics of all accounts to a page.
    static func add(_ gauges: [CredentialGauge], to page: inout MetricsPage) {
        let ready = "acs_gateway_credentials_ready"
        page.begin(ready, .gauge, "Whether the account has a valid access key.")
        for gauge in gauges { page.sample(ready, [("account", gauge.account)], gauge.isReady ? 1 : 0) }
        let failing = "acs_gateway_credentials_renewal_failing"
        page.begin(failing, .gauge, "Whether the last attempt to renew the account's access key failed.")
        for gauge in gauges { page.sample(failing, [("account", gauge.account)], gauge.isFailing ? 1 : 0) }
        let expiration = "acs_gateway_credentials_expiration_timestamp_seconds"
        page.begin(expiration, .gauge, "When the account's access key expires; permanent keys have none.")
        for gauge in gauges {
            guard let end = gauge.expiration else { continue }
            page.sample(expiration, [("account", gauge.account)], UInt64(clamping: end.secondsSinceEpoch))
        }
        let renewals = "acs_gateway_credentials_renewals_total"
        page.begin(renewals, .counter, "Attempts to renew the account's access key, by outcome.")
        for gauge in gauges {
            page.sample(renewals, [("account", gauge.account), ("outcome", "ok")], gauge.renewals.succeeded)
            page.sample(renewals, [("account", gauge.account), ("outcome", "failed")], gauge.renewals.failed)
        }
        let sessions = "acs_gateway_role_sessions"
        page.begin(sessions, .gauge, "Sessions of roles that are kept for callers, by state.")
        for gauge in gauges {
            let (kept, failing) = gauge.sessions
            page.sample(sessions, [("account", gauge.account), ("state", "ready")], UInt64(clamping: kept - failing))
            page.sample(sessions, [("account", gauge.account), ("state", "failing")], UInt64(clamping: failing))
        }
    }
}
