import Bytes
import Synchronization

/// Keeps the key of a source fresh for all who sign with it: renewed ahead of its end, by one attempt at a time; when an
/// attempt fails the old key serves while it is valid.
///
/// It has no thread: whoever owns it calls ``renew()`` when ``nextLook`` has come, or is told to by ``obtain(_:)``.
public final class RenewingCredentials: CredentialProvider {
    /// How often the files of a source are looked at, in nanoseconds.
    public static let lookInterval: UInt64 = 5_000_000_000

    private struct State {
        var schedule: RenewalSchedule
        var credentials: Credentials?
        var lastError: CredentialError?
        var isLoading = false
        var waiting: [UnsafeContinuation<Void, Never>] = []
        var successes: UInt64 = 0
        var failures: UInt64 = 0
        var hasChanged: (@Sendable () -> Void)?
    }

    private let origin: any CredentialSource
    private let clock: @Sendable () -> UInt64
    private let random: @Sendable () -> Double
    private let state: Mutex<State>

    /// - Parameter seed: a key that serves, while it is valid, until the source has given one.
    public init(
        _ source: any CredentialSource, seed: Credentials? = nil, policy: RenewalSchedule.Policy = .init(),
        clock: @escaping @Sendable () -> UInt64 = { SystemClock.wall },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        origin = source
        self.clock = clock
        self.random = random
        state = Mutex(State(schedule: RenewalSchedule(policy), credentials: seed))
    }

    public var source: String { origin.name }

    /// Whether the source depends on this machine alone.
    public var isLocal: Bool { origin.isLocal }

    public func current() throws(CredentialError) -> Credentials {
        let found = state.withLock { state -> Result<Credentials, CredentialError> in
            if let credentials = state.credentials, credentials.isValid(at: clock()) { return .success(credentials) }
            return .failure(state.lastError ?? CredentialError(source, "no key has come yet"))
        }
        return try found.get()
    }

    public var status: CredentialStatus {
        state.withLock { state in
            guard let credentials = state.credentials, credentials.isValid(at: clock()) else {
                return .failed(state.lastError ?? CredentialError(source, "no key has come yet"))
            }
            guard let error = state.lastError else { return .ready(expiration: credentials.expiration) }
            return .renewalFailed(error, expiration: credentials.expiration)
        }
    }

    /// Attempts so far.
    public var attempts: (succeeded: UInt64, failed: UInt64) {
        state.withLock { ($0.successes, $0.failures) }
    }

    /// When the next attempt is due, in nanoseconds of the wall clock; `.max`: never.
    public var nextAttempt: UInt64 { state.withLock { $0.schedule.nextAttempt } }

    /// Whether an attempt is due and none under way.
    var isDue: Bool { state.withLock { $0.schedule.isDue(at: clock()) && !$0.isLoading } }

    /// Calls `body` whenever ``nextAttempt`` has moved forward for a reason that the owner cannot foresee.
    public func whenHurried(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.hasChanged = body }
    }

    /// Makes an attempt due at once, whatever the schedule says.
    public func renewNow() {
        let tell = state.withLock { state in
            state.schedule.restart()
            return state.hasChanged
        }
        tell?()
    }

    public func reject(_ key: AccessKey) {
        let tell = state.withLock { state -> (@Sendable () -> Void)? in
            guard state.credentials?.key === key else { return nil }
            state.schedule.hurry(at: clock())
            return state.hasChanged
        }
        tell?()
    }

    /// Makes an attempt, if one is due or a file of the source has changed, and none is under way.
    public func renew() async {
        let isOutdated = origin.isOutdated
        let start = state.withLock { state -> (isDue: Bool, waiting: [UnsafeContinuation<Void, Never>]) in
            if state.isLoading { return (false, []) }
            guard isOutdated || state.schedule.isDue(at: clock()) else {
                defer { state.waiting = [] }
                return (false, state.waiting)
            }
            state.isLoading = true
            return (true, [])
        }
        for waiting in start.waiting { waiting.resume() }
        guard start.isDue else { return }
        do throws(CredentialError) {
            finish(.success(try await origin.load()))
        } catch {
            finish(.failure(error))
        }
    }

    private func finish(_ result: Result<Credentials, CredentialError>) {
        let waiting = state.withLock { state in
            let now = clock()
            state.isLoading = false
            switch result {
            case .success(let credentials) where credentials.isValid(at: now):
                state.credentials = credentials
                state.lastError = nil
                state.successes &+= 1
                state.schedule.succeeded(credentials, at: now, random: random())
            case .success:
                state.lastError = CredentialError(source, "gave a key that has expired")
                state.failures &+= 1
                state.schedule.failed(at: now, random: random())
            case .failure(let error):
                state.lastError = error
                state.failures &+= 1
                state.schedule.failed(at: now, random: random())
            }
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiting in waiting { waiting.resume() }
    }

    /// The key to sign with now; waits for the attempt that is under way, or begins one, when there is no valid key.
    ///
    /// `run` starts an attempt somewhere else, so that it does not end with the task of whoever asked first.
    /// - Throws: at once, when the last attempt failed and the next one is not due yet.
    func obtain(_ run: (@escaping @Sendable () async -> Void) -> Void) async throws(CredentialError) -> Credentials {
        let (credentials, isDue) = state.withLock { state in
            let now = clock()
            return (
                state.credentials.flatMap { $0.isValid(at: now) ? $0 : nil },
                state.schedule.isDue(at: now) && !state.isLoading
            )
        }
        if let credentials {
            if isDue { run { await self.renew() } }
            return credentials
        }
        await withUnsafeContinuation { continuation in
            state.withLock { $0.waiting.append(continuation) }
            run { await self.renew() }
        }
        return try current()
    }
}
