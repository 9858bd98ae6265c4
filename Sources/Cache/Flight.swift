import Synchronization

/// One call of the cloud that several requests wait for. Whoever leads it ends it; see ``LeadingFlight``.
public final class Flight: Sendable {
    /// Why a flight that one waited for brought no answer.
    public enum Failure: Error {
        /// The one who led it went away without an outcome. Look up again, and perhaps lead.
        case abandoned
        /// What the one who led it reported.
        case failed(any Error)
        /// The waiting task was cancelled.
        case cancelled
    }

    typealias Outcome = Result<StoredAnswer, Failure>

    private struct State {
        var outcome: Outcome?
        var waiting: [UInt64: UnsafeContinuation<Outcome, Never>] = [:]
        var lastTicket: UInt64 = 0
        /// Tickets cancelled before their continuation was there.
        var cancelled: Set<UInt64> = []
    }

    let key: FlightKey
    let tags: TagSnapshot
    let requestedAt: UInt64
    let lifetime: UInt64
    /// Whether others may join it and its answer may be stored.
    let isShared: Bool
    private let state = Mutex(State())

    init(key: FlightKey, tags: TagSnapshot, requestedAt: UInt64, lifetime: UInt64, isShared: Bool) {
        self.key = key
        self.tags = tags
        self.requestedAt = requestedAt
        self.lifetime = lifetime
        self.isShared = isShared
    }

    /// Whether it has an outcome.
    var isEnded: Bool { state.withLock { $0.outcome != nil } }

    /// Waits for the answer, and is resumed on the executor of its own task. Cancelling the task ends the wait at once and
    /// disturbs nobody else.
    public func result() async throws(Failure) -> StoredAnswer {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        let outcome = await withTaskCancellationHandler {
            // Unchecked: a continuation is taken out of the state under the lock by whoever resumes it.
            await withUnsafeContinuation { continuation in
                if let outcome = add(continuation, ticket) { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            leave(ticket)
        }
        return try outcome.get()
    }

    /// Keeps the continuation, or gives the outcome to resume it with at once.
    private func add(_ continuation: UnsafeContinuation<Outcome, Never>, _ ticket: UInt64) -> Outcome? {
        state.withLock { state in
            if state.cancelled.remove(ticket) != nil { return .failure(.cancelled) }
            if let outcome = state.outcome { return outcome }
            state.waiting[ticket] = continuation
            return nil
        }
    }

    private func leave(_ ticket: UInt64) {
        let continuation = state.withLock { state in
            let continuation = state.waiting.removeValue(forKey: ticket)
            if continuation == nil { state.cancelled.insert(ticket) }
            return continuation
        }
        continuation?.resume(returning: .failure(.cancelled))
    }

    /// Ends the flight; only the first outcome counts.
    func end(_ outcome: Outcome) {
        let waiting = state.withLock { state in
            guard state.outcome == nil else { return [:] as [UInt64: UnsafeContinuation<Outcome, Never>] }
            state.outcome = outcome
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume(returning: outcome) }
    }
}

/// A key in the table of flights. It carries its hash, so that the bytes are hashed once.
struct FlightKey: Hashable, Sendable {
    let hash: UInt64
    let bytes: [UInt8]

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
