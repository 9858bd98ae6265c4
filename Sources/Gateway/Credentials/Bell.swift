import Bytes
import HTTP
import Signer

/// Wakes somebody who sleeps on a loop.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: touched on that loop only.
final class Bell: @unchecked Sendable {
    /// Nanoseconds of the longest sleep; the wall clock may be set meanwhile, and files change.
    private static let longest = RenewingCredentials.lookInterval
    private static let shortest: UInt64 = 10_000_000

    private var sleeper: CheckedContinuation<Void, Never>?
    private var timer: TimerToken?
    private var loop: EventLoop?
    /// Rung while nobody slept: the next one does not fall asleep.
    private var hasRung = false

    /// Sleeps until `instant` of the wall clock, or the bell rings.
    func sleep(until instant: UInt64, on loop: EventLoop) async {
        let now = SystemClock.wall
        let time = min(Self.longest, max(Self.shortest, instant > now ? instant - now : 0))
        await withCheckedContinuation { continuation in
            guard !hasRung else {
                hasRung = false
                return continuation.resume()
            }
            self.loop = loop
            sleeper = continuation
            timer = loop.schedule(at: SystemClock.monotonic &+ time) { [self] in wake() }
        }
    }

    func ring() {
        if sleeper == nil { hasRung = true } else { wake() }
    }

    private func wake() {
        if let timer { loop?.cancel(timer) }
        timer = nil
        sleeper?.resume()
        sleeper = nil
    }
}
