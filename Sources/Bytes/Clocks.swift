#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The two clocks of the system, read without Foundation.
public enum SystemClock {
    /// Nanoseconds of the monotonic clock; only differences mean anything.
    @inlinable
    public static var monotonic: UInt64 { read(CLOCK_MONOTONIC) }

    /// Nanoseconds since 1970-01-01T00:00:00Z by the wall clock.
    @inlinable
    public static var wall: UInt64 { read(CLOCK_REALTIME) }

    @inlinable
    static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
    }
}
