/// How long the stages of an upstream call may take, in nanoseconds. Kept to within a few milliseconds, as time is read once
/// in each turn of the loop.
public struct UpstreamTimeouts: Hashable, Sendable {
    /// From the start of the call until the request is sent: a free place in the pool, name resolution, TCP, proxy and TLS.
    public var connect: UInt64
    /// From sending the request until the first byte of the answer.
    public var firstByte: UInt64
    /// From the start of the call until the last byte of the answer.
    public var total: UInt64

    public init(
        connect: Duration = .seconds(5), firstByte: Duration = .seconds(30), total: Duration = .seconds(60)
    ) {
        self.connect = Self.nanoseconds(connect)
        self.firstByte = Self.nanoseconds(firstByte)
        self.total = Self.nanoseconds(total)
    }

    private static func nanoseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return .max }
        let (sum, carry) = product.addingReportingOverflow(UInt64(attoseconds) / 1_000_000_000)
        return carry ? .max : sum
    }
}
