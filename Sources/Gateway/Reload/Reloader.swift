import CSystem
import HTTP
import Logging

/// Loads the configuration anew, on SIGHUP and when one of its files changed: all of it or nothing. A faulty file leaves
/// what is in force, and is told in the log, in `/readyz`, in the metrics and in the process file.
struct Reloader: Sendable {
    private enum Trigger { case signal, tick }

    let file: ConfigurationFile
    let serving: Serving
    let settings: Configuration.Reload
    let process: ProcessFile?
    let logger: Logger

    /// Reloads until the task is cancelled.
    func run() async {
        let (triggers, source) = AsyncStream.makeStream(of: Trigger.self, bufferingPolicy: .bufferingNewest(4))
        let hangUp = csystem_watch_reload()
        let ticker = Ticker(loop: serving.loops[0], interval: settings.interval.wholeNanoseconds)
        serving.loops[0].submit {
            if hangUp >= 0 {
                _ = try? serving.loops[0].watch(hangUp, .readable) { _ in
                    csystem_take_events(hangUp)
                    source.yield(.signal)
                }
            }
            if settings.watch { ticker.start { source.yield(.tick) } }
        }
        // Read once more for the names of its files; whether it is still sound does not matter now.
        let trace = FileTrace()
        _ = file.load(trace)
        var paths = trace.paths
        var known = FileStamps(of: paths)
        // Files are often written one after another; what changed must have been quiet for one interval.
        var changed: FileStamps?
        for await trigger in triggers {
            let current = FileStamps(of: paths)
            switch trigger {
            case .tick where current == known: changed = nil
            case .tick where current != changed: changed = current
            case .tick, .signal:
                if trigger == .signal { serving.reopenAudit() }
                let trace = FileTrace()
                await reload(trace, because: trigger == .signal ? "SIGHUP" : "a file changed")
                // Of a file that could not be read to the end, what it names is not known.
                paths = Array(Set(paths).union(trace.paths)).sorted()
                known = FileStamps(of: paths)
                changed = nil
            }
            if Task.isCancelled { return }
        }
    }

    private func reload(_ trace: FileTrace, because reason: String) async {
        do {
            let loaded = try file.load(trace).get()
            for warning in loaded.warnings { logger.warning("\(warning)") }
            let restart = try await serving.adopt(loaded.configuration)
            logger.notice("the configuration was reloaded", metadata: ["because": "\(reason)"])
            if !restart.isEmpty {
                logger.warning("some changes need a restart", metadata: ["keys": "\(restart.joined(separator: " "))"])
            }
            conclude(nil, restart)
        } catch let failure as ReloadFailure {
            conclude(failure, [])
        } catch {
            conclude(ReloadFailure(["\(error)"]), [])
        }
    }

    private func conclude(_ failure: ReloadFailure?, _ restart: [String]) {
        serving.operations.reloaded(failure: failure?.summary)
        for reason in failure?.reasons ?? [] {
            logger.error("the configuration could not be reloaded, that of before is in force", metadata: ["fault": "\(reason)"])
        }
        let note = restart.isEmpty ? "" : "; needs a restart: \(restart.joined(separator: ", "))"
        process?.note(failure.map { .failed($0.reasons) } ?? .done("reloaded\(note)"))
    }
}

/// Calls again and again, from its loop's thread.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: touched on the loop only.
private final class Ticker: @unchecked Sendable {
    private let loop: EventLoop
    private let interval: UInt64

    init(loop: EventLoop, interval: UInt64) {
        self.loop = loop
        self.interval = interval
    }

    func start(_ body: @escaping () -> Void) {
        _ = loop.schedule(at: loop.now &+ interval) { [self] in
            body()
            start(body)
        }
    }
}
