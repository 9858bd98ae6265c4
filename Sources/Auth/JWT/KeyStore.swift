import Bytes
import Synchronization

/// The keys of one issuer as they are now, shared by all loops. A new set replaces the old one as a whole, and only when it
/// is there: while it is being fetched, and when that fails, the old keys go on.
public final class KeyStore: Sendable {
    private struct State {
        var keys: KeySet
        /// Why the last attempt to fetch them failed; nil after a success.
        var failure: String?
        /// Asks whoever fetches for new keys. Returns whether an attempt is under way.
        var onMissing: (@Sendable () -> Bool)?
        /// Attempts that have ended.
        var attempts = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    private let changes = Atomic<Int>(0)

    /// A store that has `keys` for good, or until they are replaced.
    public init(_ keys: KeySet = KeySet([])) {
        state = Mutex(State(keys: keys))
    }

    /// The keys of a store as they are at one time. What was verified by them counts while they are in force.
    struct Version: Sendable {
        fileprivate let store: KeyStore
        fileprivate let number: Int

        /// Whether no others have taken their place.
        var isCurrent: Bool { store.changes.load(ordering: .acquiring) == number }
    }

    public var keys: KeySet { state.withLock { $0.keys } }

    /// The version in force. To be asked for before the keys: should those be replaced in between, the version is outdated.
    var version: Version { Version(store: self, number: changes.load(ordering: .acquiring)) }

    /// Why the last attempt to fetch the keys failed; nil when it did not, or there was none.
    public var failure: String? { state.withLock { $0.failure } }

    /// Names who fetches keys when one is missing: a function that asks for it and returns whether an attempt is under way,
    /// which then ends in ``finish(_:)``.
    public func fetch(by onMissing: @escaping @Sendable () -> Bool) {
        state.withLock { $0.onMissing = onMissing }
    }

    /// Ends an attempt: with new keys, with nil when they are the same as before, or with the reason why there are none.
    public func finish(_ outcome: Result<KeySet?, KeyFetchFailure>) {
        let waiting = state.withLock { state in
            switch outcome {
            case .success(let keys):
                if let keys { state.keys = keys }
                state.failure = nil
            case .failure(let failure): state.failure = failure.reason
            }
            state.attempts += 1
            defer { state.waiting = [] }
            return state.waiting
        }
        if case .success(.some) = outcome { changes.add(1, ordering: .releasing) }
        for continuation in waiting { continuation.resume() }
    }

    /// Asks for new keys since a token names one that is not there. Nil when none are being fetched because of it.
    func keyIsMissing() -> PendingKeys? {
        let (onMissing, attempts) = state.withLock { ($0.onMissing, $0.attempts) }
        return onMissing?() == true ? PendingKeys(store: self, attempt: attempts + 1) : nil
    }

    fileprivate func untilEnded(attempt: Int) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.attempts < attempt { state.waiting.append(continuation) }
                return state.attempts >= attempt
            }
            if isOver { continuation.resume() }
        }
    }
}

/// An attempt to fetch keys that may bring the one that a token names.
public struct PendingKeys: Sendable {
    fileprivate let store: KeyStore
    fileprivate let attempt: Int

    /// Waits until the attempt has ended, one way or the other.
    public func untilEnded() async { await store.untilEnded(attempt: attempt) }
}

/// Why keys could not be fetched.
public struct KeyFetchFailure: Error, Hashable, Sendable {
    public let reason: String

    public init(_ reason: String) {
        self.reason = reason
    }
}
