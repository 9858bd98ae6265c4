import Bytes

/// When a key is to be renewed: ahead of its end, and after failures with growing pauses. A value that is told what happened
/// and when; it has neither a clock nor a timer of its own.
public struct RenewalSchedule: Sendable {
    /// Times are nanoseconds.
    public struct Policy: Sendable {
        /// How long before its end a key is renewed.
        public var lead: UInt64 = 300_000_000_000
        /// Up to so much earlier, at random, so that many gateways do not ask at once.
        public var spread: UInt64 = 60_000_000_000
        /// The pause after the first failure; it doubles with each further one.
        public var firstPause: UInt64 = 1_000_000_000
        public var longestPause: UInt64 = 60_000_000_000
        /// How often a temporary key is renewed whose end nobody tells.
        public var blindInterval: UInt64 = 600_000_000_000
        /// The least time between attempts when the cloud rejects the key.
        public var hurriedInterval: UInt64 = 10_000_000_000

        public init() {}
    }

    private let policy: Policy
    /// When the next attempt is due, by the wall clock; `.max`: never.
    public private(set) var nextAttempt: UInt64 = 0
    /// Failures since the last success.
    public private(set) var failures = 0
    private var lastAttempt: UInt64 = 0

    public init(_ policy: Policy = Policy()) {
        self.policy = policy
    }

    public func isDue(at now: UInt64) -> Bool { now >= nextAttempt }

    /// A key came at `now`. `random` is from 0 up to 1.
    public mutating func succeeded(_ credentials: Credentials, at now: UInt64, random: Double) {
        failures = 0
        lastAttempt = now
        guard let expiration = credentials.expiration else {
            nextAttempt = credentials.key.hasSecurityToken ? now.adding(policy.blindInterval) : .max
            return
        }
        let end = UInt64(clamping: expiration.secondsSinceEpoch).multipliedClamped(by: 1_000_000_000)
        let life = end > now ? end - now : 0
        // A short life is used up by half at least.
        let lead = min(policy.lead.adding(Self.share(random, of: policy.spread)), life / 2)
        nextAttempt = end - min(lead, end)
    }

    /// An attempt failed at `now`. The pause is cut by up to its half, by `random`, so that many gateways do not ask at once.
    public mutating func failed(at now: UInt64, random: Double) {
        lastAttempt = now
        let doublings = min(failures, 20)
        let pause = min(policy.longestPause, policy.firstPause << UInt64(doublings))
        failures += 1
        nextAttempt = now.adding(pause - Self.share(random, of: pause / 2))
    }

    /// The cloud did not accept the key, or its file has changed: renew as soon as the last attempt is long enough ago.
    public mutating func hurry(at now: UInt64) {
        guard failures == 0 else { return }
        nextAttempt = min(nextAttempt, max(now, lastAttempt.adding(policy.hurriedInterval)))
    }

    /// The next attempt is due at once, and failures before do not count.
    public mutating func restart() {
        failures = 0
        nextAttempt = 0
    }

    private static func share(_ random: Double, of amount: UInt64) -> UInt64 {
        random > 0 ? UInt64(Double(amount) * min(random, 1)) : 0
    }
}

extension UInt64 {
    fileprivate func adding(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    fileprivate func multipliedClamped(by other: UInt64) -> UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
