import Bytes
import HTTP
import Synchronization

/// Counts down to nothing, for one who waits for it.
final class Countdown: Sendable {
    private struct State {
        var count = 0
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let loop: EventLoop
    private let state = Mutex(State())

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    func add() { state.withLock { $0.count += 1 } }

    func done() {
        release { state in
            state.count -= 1
            return state.count == 0
        }
    }

    /// Waits until the count is at nothing, but no longer than `limit`, if there is one.
    func wait(_ limit: Duration?) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.count > 0 { state.waiting = continuation }
                return state.count == 0
            }
            guard !isOver else { return continuation.resume() }
            guard let limit else { return }
            loop.submit { [self] in
                _ = loop.schedule(at: SystemClock.monotonic &+ limit.wholeNanoseconds) { [self] in release { _ in true } }
            }
        }
    }

    private func release(_ decide: (inout State) -> Bool) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard decide(&state) else { return nil }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }
}
