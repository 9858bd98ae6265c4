import Bytes

/// Where the simulated cloud gets the time from, and how fast things happen in it.
public struct SimulatorClock: Sendable {
    /// Divides every duration of the state machines: at 60 a disk that detaches in a minute is free after a second.
    /// Timestamps stay those of the real clock. Infinity makes everything happen at once.
    public let speed: Double
    private let read: @Sendable () -> SimulatedTime

    /// A clock that asks `now` for the time. A speed that is not above 0 counts as 1.
    public init(speed: Double = 1, now: @escaping @Sendable () -> SimulatedTime) {
        self.speed = speed > 0 ? speed : 1
        read = now
    }

    /// The system's wall clock.
    public static func system(speed: Double = 1) -> SimulatorClock {
        SimulatorClock(speed: speed) {
            SimulatedTime(milliseconds: Int64(clamping: SystemClock.wall / 1_000_000))
        }
    }

    public var now: SimulatedTime { read() }
}
