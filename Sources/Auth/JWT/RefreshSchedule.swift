/// When the keys of an issuer are fetched next. Times are nanoseconds of one clock, which the caller reads.
public struct RefreshSchedule: Hashable, Sendable {
    /// Between a success and the next attempt.
    public let interval: UInt64
    /// Between attempts at least, whatever asks for them: tokens with made-up key ids must not make the gateway a nuisance.
    public let gap: UInt64
    /// The next attempt.
    public private(set) var next: UInt64
    /// Whether an attempt is under way.
    public private(set) var isBusy = false

    private var failures = 0
    private var lastAttempt: UInt64?

    private static let firstPause: UInt64 = 1_000_000_000

    /// The first attempt is due at `now`.
    public init(interval: UInt64, gap: UInt64 = 30_000_000_000, now: UInt64) {
        self.interval = max(interval, gap)
        self.gap = gap
        next = now
    }

    /// An attempt begins.
    public mutating func begin(at now: UInt64) {
        isBusy = true
        lastAttempt = now
        next = .max
    }

    /// The attempt ended. After failures the pauses grow from one second to the gap, so that keys are there soon after the
    /// issuer is.
    public mutating func end(isSuccess: Bool, at now: UInt64) {
        isBusy = false
        failures = isSuccess ? 0 : min(failures + 1, 16)
        let pause = isSuccess ? interval : min(Self.firstPause << UInt64(failures - 1), gap)
        next = now &+ pause
    }

    /// A key is missing: the next attempt comes early. Returns whether one is under way or due now.
    public mutating func hurry(at now: UInt64) -> Bool {
        if isBusy { return true }
        let earliest = lastAttempt.map { $0 &+ gap } ?? now
        next = min(next, max(earliest, now))
        return next <= now
    }
}
