import Bytes
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Appends audit lines to a file, in the order in which they came, by a thread of its own, so that no loop waits for a disk.
///
/// What cannot be written waits and is tried again, as when a disk is full; what waits is bounded, and lines beyond that are
/// lost and counted. ``isFailing`` tells at once.
public final class AuditLog: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var isAsleep = false
        var isClosing = false
        var mustReopen = false
    }

    public let path: String
    private let limit: Int
    private let state = Mutex(State())
    private let wake = Signal()
    private let finished = Signal()
    private let lost = Atomic<Int>(0)
    private let failing = Atomic<Bool>(false)

    /// Opens the file for appending, and makes it if there is none, readable by owner and group.
    /// - Parameter limit: bytes that may wait.
    init(_ path: String, limit: Int = 16 << 20) throws(ServeError) {
        self.path = path
        self.limit = limit
        let file = try Self.open(path)
        guard DetachedThread.start({ [self] in Writer(log: self, file: file).run() }) else {
            Glibc.close(file)
            throw ServeError("\(path): no thread for the audit log")
        }
    }

    /// Lines lost so far.
    var lostLines: Int { lost.load(ordering: .relaxed) }

    /// Whether lines cannot be written at the moment.
    var isFailing: Bool { failing.load(ordering: .relaxed) }

    /// Takes a line with its line feed. Never waits for the disk.
    func submit(_ line: ByteView) {
        let mustWake = state.withLock { state in
            guard !state.isClosing, state.waiting.count + line.count <= limit else {
                lost.add(1, ordering: .relaxed)
                return false
            }
            state.waiting.append(line)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustWake { wake.raise() }
    }

    /// Goes on in the file that has the path now, after somebody has moved the old one away.
    func reopen() {
        state.withLock { $0.mustReopen = true }
        wake.raise()
    }

    /// Writes what waits and ends. Whether everything was written within `limit`.
    @discardableResult
    func close(within limit: Duration = .seconds(5)) -> Bool {
        state.withLock { $0.isClosing = true }
        wake.raise()
        let isDone = finished.wait(for: limit)
        if isDone { finished.raise() }
        return isDone && !isFailing
    }

    private static func open(_ path: String) throws(ServeError) -> Int32 {
        let file = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw ServeError("\(path): \(FileText.systemReason())") }
        return file
    }

    /// The writing thread's own.
    private final class Writer {
        private static let pause = Duration.milliseconds(500)
        private let log: AuditLog
        private var file: Int32
        private var lines: [UInt8] = []
        /// Bytes of `lines` that are written.
        private var written = 0
        /// Whether the file at the path is still to be opened.
        private var mustReopen = false

        init(log: AuditLog, file: Int32) {
            self.log = log
            self.file = file
        }

        func run() {
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_BLOCK, &all, nil)
            while true {
                let isClosing = take()
                let isWhole = put()
                log.failing.store(!isWhole || mustReopen, ordering: .relaxed)
                if isClosing, !isWhole || log.state.withLock({ $0.waiting.isEmpty }) { break }
                if !isWhole || mustReopen { _ = log.wake.wait(for: Self.pause) }
            }
            log.lost.add(lines[written...].count { $0 == UInt8(ascii: "\n") }, ordering: .relaxed)
            Glibc.close(file)
            log.finished.raise()
        }

        /// Waits for lines unless some are left, and heeds the wish for another file. Whether the log is closing.
        private func take() -> Bool {
            while true {
                let (isAsked, isClosing) = log.state.withLock { state -> (Bool, Bool) in
                    if written == lines.count {
                        lines.removeAll(keepingCapacity: true)
                        written = 0
                        swap(&state.waiting, &lines)
                    }
                    state.isAsleep = lines.isEmpty && !state.mustReopen && !state.isClosing
                    defer { state.mustReopen = false }
                    return (state.mustReopen, state.isClosing)
                }
                if isAsked || mustReopen { reopen() }
                if !lines.isEmpty || isClosing || mustReopen { return isClosing }
                if !isAsked { log.wake.wait() }
            }
        }

        private func reopen() {
            // Where there is none to be opened, the old one goes on for the time being, and the log counts as failing.
            let next = try? AuditLog.open(log.path)
            mustReopen = next == nil
            guard let next else { return }
            Glibc.close(file)
            file = next
            // A line that was written in part is written whole to the new file.
            while written > 0, lines[written - 1] != UInt8(ascii: "\n") { written -= 1 }
        }

        /// Writes what is left; whether all of it could be.
        private func put() -> Bool {
            lines.withView { bytes in
                while written < bytes.count {
                    let rest = bytes.slice(written..<bytes.count)
                    let count = Glibc.write(file, rest.baseAddress, rest.count)
                    if count > 0 {
                        written += count
                    } else if errno != EINTR {
                        return false
                    }
                }
                return true
            }
        }
    }
}
