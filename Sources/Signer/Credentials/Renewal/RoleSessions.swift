import Bytes
import Synchronization

/// The sessions of roles that are assumed for callers: one for each role and session name, made when it is first asked for,
/// renewed while it is in use, and at most so many.
public final class RoleSessions: Sendable {
    /// Attempts are made only when somebody asks, so that short pauses do no harm: who waits for a role is told of its
    /// recovery soon.
    private static let policy: RenewalSchedule.Policy = {
        var policy = RenewalSchedule.Policy()
        policy.longestPause = 5_000_000_000
        return policy
    }()

    private struct Entry {
        let credentials: RenewingCredentials
        var lastUse: UInt64
    }

    private struct State {
        var entries: [RoleSession: Entry] = [:]
        var uses: UInt64 = 0
    }

    /// Sessions that are kept; the one that was not used for the longest time goes first.
    public let capacity: Int
    private let source: @Sendable (RoleSession) -> any CredentialSource
    private let run: @Sendable (@escaping @Sendable () async -> Void) -> Void
    private let clock: @Sendable () -> UInt64
    private let state = Mutex(State())

    /// `source` makes where the key of a session comes from; `run` starts work that does not end with who asked for it.
    public init(
        capacity: Int = 1024, clock: @escaping @Sendable () -> UInt64 = { SystemClock.wall },
        source: @escaping @Sendable (RoleSession) -> any CredentialSource,
        run: @escaping @Sendable (@escaping @Sendable () async -> Void) -> Void
    ) {
        self.capacity = max(1, capacity)
        self.clock = clock
        self.source = source
        self.run = run
    }

    /// The key of a session; waits only when there is none that is valid.
    public func key(of session: RoleSession) async throws(CredentialError) -> AccessKey {
        try await credentials(of: session).obtain(run).key
    }

    /// The key of a session if there is one that is valid; never waits, and renews it behind the scenes.
    public func keyAtHand(of session: RoleSession) -> AccessKey? {
        let credentials = credentials(of: session)
        guard let current = try? credentials.current() else { return nil }
        if credentials.isDue { run { await credentials.renew() } }
        return current.key
    }

    /// Takes note that the cloud did not accept the key of a session.
    public func reject(_ key: AccessKey, of session: RoleSession) {
        state.withLock { $0.entries[session]?.credentials }?.reject(key)
    }

    /// Sessions that are kept, and how many of them have trouble with their key.
    public var statistics: (kept: Int, failing: Int) {
        state.withLock { state in
            let failing = state.entries.values.count { entry in
                if case .ready = entry.credentials.status { return false }
                return true
            }
            return (state.entries.count, failing)
        }
    }

    private func credentials(of session: RoleSession) -> RenewingCredentials {
        state.withLock { state in
            state.uses += 1
            if let entry = state.entries[session] {
                state.entries[session]?.lastUse = state.uses
                return entry.credentials
            }
            if state.entries.count >= capacity, let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
                state.entries[oldest.key] = nil
            }
            let credentials = RenewingCredentials(source(session), policy: Self.policy, clock: clock)
            state.entries[session] = Entry(credentials: credentials, lastUse: state.uses)
            return credentials
        }
    }
}
