import Bytes
import Synchronization

/// Authenticates callers, and does not listen to addresses from which too many unknown credentials came.
///
/// Only what an `Authorization` header claims can be guessed, so only that counts: not a missing header, a certificate, or
/// the process behind a Unix socket. A token that is known and has expired is no guess either.
public final class Doorkeeper: Sendable {
    private let authenticator: Authenticator
    private let failures: Mutex<FailureGuard>
    private let window: UInt64
    /// Before this time some address may be kept in mind; after it nobody need look.
    private let quietFrom = Atomic<UInt64>(0)

    /// What `former` counted by the same limits still counts.
    public init(
        _ authenticator: Authenticator, limits: FailureGuard.Limits = FailureGuard.Limits(), after former: Doorkeeper? = nil
    ) {
        self.authenticator = authenticator
        let counted = former.map { former in former.failures.withLock { $0 } }
        failures = Mutex(counted.flatMap { $0.limits == limits ? $0 : nil } ?? FailureGuard(limits))
        window = limits.window
        if let former { quietFrom.store(former.quietFrom.load(ordering: .relaxed), ordering: .relaxed) }
    }

    /// Authenticates a request as ``Authenticator/authenticate(authorization:evidence:at:)`` does.
    ///
    /// - Parameters:
    ///   - source: where the request comes from.
    ///   - time: a reading of the monotonic clock in nanoseconds.
    public func authenticate(
        authorization: ByteView?, evidence: Evidence = Evidence(), source: SourceAddress, at now: Timestamp, time: UInt64
    ) -> Result<Caller, AuthenticationRefusal> {
        guard let authorization, case .address(let address) = source else {
            return authenticator.authenticate(authorization: authorization, evidence: evidence, at: now)
        }
        let isQuiet = isQuiet(at: time)
        if !isQuiet, let seconds = blocked(address, authorization, time) {
            var refusal = AuthenticationRefusal(.tooMany, ground: "nothing from \(source) is looked at for \(seconds) s")
            refusal.retryAfter = seconds
            return .failure(refusal)
        }
        switch authenticator.authenticate(authorization: authorization, evidence: evidence, at: now) {
        case .success(let caller):
            if !isQuiet, case .token(let token) = BearerCredentials(authorization) {
                failures.withLock { $0.succeeded(TokenHash(of: token), of: address, at: time) }
            }
            return .success(caller)
        case .failure(var refusal):
            // While keys are on their way nobody knows yet.
            guard refusal.failure == .unknown || refusal.failure == .malformed, refusal.pendingKeys == nil else {
                return .failure(refusal)
            }
            refusal.delay = failures.withLock { $0.failed(address, at: time) }
            quietFrom.store(time &+ window, ordering: .relaxed)
            return .failure(refusal)
        }
    }

    /// Whether no failure counts at `time`, a reading of the monotonic clock: then nobody need be asked about an address.
    public func isQuiet(at time: UInt64) -> Bool { time >= quietFrom.load(ordering: .relaxed) }

    private func blocked(_ address: NetworkAddress, _ authorization: ByteView, _ time: UInt64) -> Int? {
        guard let seconds = failures.withLock({ $0.blocked(address, at: time) }) else { return nil }
        guard case .token(let token) = BearerCredentials(authorization) else { return seconds }
        let hash = TokenHash(of: token)
        return failures.withLock { $0.knowsAsGood(hash, of: address, at: time) } ? nil : seconds
    }
}
