import Bytes
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Takes whole lines from all threads and writes them to one descriptor, in order, by a thread of its own, so that a slow
/// reader of the log never holds up a request.
///
/// What waits is bounded. Lines beyond that, and lines that cannot be written, are dropped and counted, and the log itself
/// says how many as soon as it can be written again.
public final class LogSink: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        /// Dropped and not told yet.
        var untold = 0
        var isAsleep = false
        var isClosing = false
    }

    private let state = Mutex(State())
    private let wake = Signal()
    private let finished = Signal()
    private let style: LogStyle
    private let limit: Int
    private let dropped = Atomic<Int>(0)
    /// Whether the last attempt to write failed.
    private let failing = Atomic<Bool>(false)

    /// Writes to `descriptor`, which stays open and is the caller's. At most `limit` bytes wait.
    public init(descriptor: Int32, style: LogStyle, limit: Int = 8 << 20) {
        self.style = style
        self.limit = limit
        if !DetachedThread.start({ [self] in write(to: LogOutput(descriptor: descriptor)) }) {
            // Nobody would write them: lines are dropped, and counted, from the first one on.
            state.withLock { $0.isClosing = true }
            failing.store(true, ordering: .relaxed)
            finished.raise()
        }
    }

    /// Lines dropped so far.
    public var droppedLines: Int { dropped.load(ordering: .relaxed) }

    /// Whether lines cannot be written at the moment.
    public var isFailing: Bool { failing.load(ordering: .relaxed) }

    /// Takes `count` lines, each with its line feed, and empties `lines`. Never waits for the writing.
    public func submit(_ lines: inout [UInt8], count: Int) {
        let mustWake = state.withLock { state in
            guard !state.isClosing, state.waiting.count + lines.count <= limit else {
                state.untold += count
                dropped.add(count, ordering: .relaxed)
                return false
            }
            state.waiting.append(contentsOf: lines)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        lines.removeAll(keepingCapacity: true)
        if mustWake { wake.raise() }
    }

    /// Writes what waits and ends the thread. Lines submitted later are dropped.
    /// - Returns: whether everything was written within `limit`.
    @discardableResult
    public func close(within limit: Duration = .seconds(5)) -> Bool {
        state.withLock { $0.isClosing = true }
        wake.raise()
        let isDone = finished.wait(for: limit)
        if isDone { finished.raise() }
        return isDone
    }

    /// The writing thread.
    private func write(to output: LogOutput) {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        var lines: [UInt8] = []
        while let told = take(&lines) {
            let lost = output.write(lines)
            failing.store(lost > 0, ordering: .relaxed)
            guard lost > 0 else { continue }
            // The line about earlier losses is the last one, so it is lost as well, and was none of the callers'.
            let ownLost = lost - (told > 0 ? 1 : 0)
            dropped.add(ownLost, ordering: .relaxed)
            state.withLock { $0.untold += ownLost + told }
        }
        finished.raise()
    }

    /// Waits for lines and moves them into `lines`. Gives of how many losses the last line tells, or nil when there will be
    /// no more lines.
    private func take(_ lines: inout [UInt8]) -> Int? {
        lines.removeAll(keepingCapacity: true)
        while true {
            let (told, isClosing) = state.withLock { state -> (Int, Bool) in
                swap(&state.waiting, &lines)
                // Where nothing can be written, nothing can be told: that waits for the next lines.
                let told = !lines.isEmpty || state.isClosing && !isFailing ? state.untold : 0
                if told > 0 {
                    style.appendLoss(of: told, to: &lines)
                    state.untold = 0
                }
                state.isAsleep = lines.isEmpty
                return (told, state.isClosing)
            }
            if !lines.isEmpty { return told }
            if isClosing { return nil }
            wake.wait()
        }
    }
}
