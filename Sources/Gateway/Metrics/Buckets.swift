/// The buckets of a histogram of times.
struct Buckets: Sendable {
    /// Upper bounds in nanoseconds, ascending; one more bucket holds what is beyond the last.
    let bounds: [UInt64]
    /// How the bounds are written, in seconds.
    let labels: [String]

    private init(_ bounds: [(UInt64, String)]) {
        self.bounds = bounds.map(\.0)
        labels = bounds.map(\.1) + ["+Inf"]
    }

    /// Counters that one histogram takes: its buckets, and the sum of its times.
    var cellCount: Int { labels.count + 1 }

    /// The position of the bucket for `nanoseconds`.
    func index(of nanoseconds: UInt64) -> Int {
        var index = 0
        while index < bounds.count, nanoseconds > bounds[index] { index += 1 }
        return index
    }

    /// For whole requests: from what the cache answers up to what the cloud takes.
    static let request = Buckets([
        (50_000, "0.00005"), (100_000, "0.0001"), (250_000, "0.00025"), (500_000, "0.0005"), (1_000_000, "0.001"),
        (2_500_000, "0.0025"), (5_000_000, "0.005"), (10_000_000, "0.01"), (25_000_000, "0.025"), (50_000_000, "0.05"),
        (100_000_000, "0.1"), (250_000_000, "0.25"), (500_000_000, "0.5"), (1_000_000_000, "1"),
        (2_500_000_000, "2.5"), (5_000_000_000, "5"), (10_000_000_000, "10"),
    ])

    /// For calls of the cloud.
    static let upstream = Buckets([
        (5_000_000, "0.005"), (25_000_000, "0.025"), (50_000_000, "0.05"), (100_000_000, "0.1"), (250_000_000, "0.25"),
        (500_000_000, "0.5"), (1_000_000_000, "1"), (2_500_000_000, "2.5"), (5_000_000_000, "5"),
        (10_000_000_000, "10"), (30_000_000_000, "30"),
    ])
}
