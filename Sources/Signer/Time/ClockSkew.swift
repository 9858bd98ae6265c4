import Bytes
import Synchronization

/// How far the cloud's clock is from ours, learnt from the `Date` of its answers. One for each cloud; safe from any
/// thread.
public final class ClockSkew: Sendable {
    /// Seconds of a difference that the header's whole seconds and the way of the answer explain.
    static let noise = 1
    /// Seconds of the largest difference that is believed: a cloud whose date is off by more is not followed.
    static let limit = 86_400

    private let seconds = Atomic<Int>(0)

    public init() {}

    /// Seconds to add to our clock.
    public var offset: Int { seconds.load(ordering: .relaxed) }

    /// The time by the cloud's clock when ours says `local`.
    public func correct(_ local: Timestamp) -> Timestamp {
        Timestamp(secondsSinceEpoch: local.secondsSinceEpoch + Int64(offset))
    }

    /// Takes note of a `Date` header that was received at `local` by our clock. Returns whether the offset changed; a
    /// date that cannot be read, that is no more than a second from what is known, or more than a day from our clock,
    /// changes nothing.
    @discardableResult
    public func observe(date: ByteView, at local: Timestamp) -> Bool {
        guard let cloud = Timestamp(httpDate: date) else { return false }
        let (difference, overflow) = cloud.secondsSinceEpoch.subtractingReportingOverflow(local.secondsSinceEpoch)
        guard !overflow, difference.magnitude <= UInt64(Self.limit), abs(Int(difference) - offset) > Self.noise else {
            return false
        }
        seconds.store(Int(difference), ordering: .relaxed)
        return true
    }
}
