import Bytes
import Synchronization

/// Remembers the answers of writes that carried an `Idempotency-Key`, so that a repetition gets the first answer and has no
/// second effect. Scope is whatever the caller puts into the key: principal, route and the header's value.
///
/// Bounded by count and by bytes; the oldest answers go first. Shared by all loops, behind one lock that is held for a table
/// probe.
final class IdempotencyStore: Sendable {
    enum Beginning: Sendable {
        /// Nobody has used the key: go on, and call ``finish(_:_:)`` or ``forget(_:)``.
        case first
        /// The first request with the key is still running.
        case running
        /// The key was used for another request.
        case mismatch
        case replay(Answer)
    }

    private struct Entry {
        var fingerprint: [UInt8]
        var answer: Answer?
        var expires: UInt64
        var size: Int
    }

    private struct State {
        var entries: [[UInt8]: Entry] = [:]
        /// Keys in the order of their arrival, for eviction; forgotten keys are skipped when met.
        var order: [[UInt8]] = []
        var head = 0
        var bytes = 0
    }

    private let state = Mutex(State())
    private let lifetime: UInt64
    private let maxEntries: Int
    private let maxBytes: Int
    private let now: @Sendable () -> UInt64

    /// `lifetime` in nanoseconds: how long a first answer is repeated.
    init(
        lifetime: UInt64 = 24 * 3600 * 1_000_000_000, maxEntries: Int = 100_000, maxBytes: Int = 32 << 20,
        now: @escaping @Sendable () -> UInt64 = { SystemClock.monotonic }
    ) {
        self.lifetime = lifetime
        self.maxEntries = maxEntries
        self.maxBytes = maxBytes
        self.now = now
    }

    /// Claims `key` for a request with this fingerprint.
    func begin(_ key: [UInt8], fingerprint: [UInt8]) -> Beginning {
        let now = now()
        return state.withLock { state in
            if let entry = state.entries[key], entry.expires > now {
                guard entry.fingerprint == fingerprint else { return .mismatch }
                return entry.answer.map(Beginning.replay) ?? .running
            }
            Self.remove(key, from: &state)
            let size = key.count + fingerprint.count + 128
            state.entries[key] = Entry(fingerprint: fingerprint, answer: nil, expires: now &+ lifetime, size: size)
            state.order.append(key)
            state.bytes += size
            Self.compact(&state)
            Self.evict(&state, maxEntries, maxBytes)
            return .first
        }
    }

    /// Keeps the answer of the request that began `key`.
    func finish(_ key: [UInt8], _ answer: Answer) {
        state.withLock { state in
            guard var entry = state.entries[key] else { return }
            entry.answer = answer
            entry.size += answer.body.count
            state.bytes += answer.body.count
            state.entries[key] = entry
            Self.evict(&state, maxEntries, maxBytes)
        }
    }

    /// Gives the key free again: the request failed in a way that a repetition may mend.
    func forget(_ key: [UInt8]) {
        state.withLock { Self.remove(key, from: &$0) }
    }

    private static func remove(_ key: [UInt8], from state: inout State) {
        if let gone = state.entries.removeValue(forKey: key) { state.bytes -= gone.size }
    }

    private static func evict(_ state: inout State, _ maxEntries: Int, _ maxBytes: Int) {
        // A running request is never dropped: a second one with its key would have a second effect.
        var passed = 0
        while state.entries.count > maxEntries || state.bytes > maxBytes, passed < state.order.count - state.head {
            let key = state.order[state.head]
            state.head += 1
            if let entry = state.entries[key] {
                if entry.answer == nil {
                    state.order.append(key)
                    passed += 1
                } else {
                    remove(key, from: &state)
                }
            }
        }
    }

    /// Drops keys from the order that are not there any more, when they are the greater part of it.
    private static func compact(_ state: inout State) {
        guard state.order.count > 2 * state.entries.count + 1024 else { return }
        var seen: Set<[UInt8]> = []
        let kept = state.order[state.head...].reversed().filter { state.entries[$0] != nil && seen.insert($0).inserted }
        state.order = Array(kept.reversed())
        state.head = 0
    }
}
