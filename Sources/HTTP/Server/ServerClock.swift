import Bytes

/// The value of `Date`, written anew once a second.
struct ServerClock {
    private var text: [UInt8] = []
    /// When the second that was written ends, in nanoseconds of the monotonic clock.
    private var end: UInt64 = 0

    /// Calls `body` with the date at `now`, a reading of the monotonic clock.
    mutating func withDate(at now: UInt64, _ body: (ByteView) -> Void) {
        if now >= end {
            let wall = SystemClock.wall
            end = now &+ 1_000_000_000 &- wall % 1_000_000_000
            text.removeAll(keepingCapacity: true)
            HTTPDate.append(Timestamp(wallNanoseconds: wall), to: &text)
        }
        text.withUnsafeBufferPointer(body)
    }
}
