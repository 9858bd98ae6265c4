import Bytes

/// Counts requests with unknown credentials by the address they come from, within fixed windows of time. What one address
/// does never counts for another one, nor does the memory grow with their number.
///
/// Times are nanoseconds of one clock, which the caller reads.
public struct FailureGuard: Sendable {
    public struct Limits: Hashable, Sendable {
        /// Failures of one address in a window; with more it is not listened to until the window is over.
        public var failures = 20
        public var window: UInt64 = 60_000_000_000
        /// For how long the answer to the first failure is held back; twice as long for each further one.
        public var delay: UInt64 = 100_000_000
        public var longestDelay: UInt64 = 1_000_000_000
        /// Addresses that are kept in mind. Beyond it those with the fewest failures are forgotten.
        public var addresses = 16_384

        public init() {}
    }

    private struct Entry {
        let address: NetworkAddress
        /// The beginning of its window.
        let start: UInt64
        var failures = 0
        /// Credentials that were good in this window: whoever has them goes on while others behind the same address guess.
        var good: [TokenHash] = []
    }

    private static let ways = 8
    private static let mostGood = 8

    public let limits: Limits
    /// Places for a few addresses each; an address is kept in the one that its hash names.
    private var buckets: [[Entry]]

    public init(_ limits: Limits = Limits()) {
        self.limits = limits
        buckets = Array(repeating: [], count: max(1, limits.addresses / Self.ways))
    }

    /// Whole seconds, at least one, for which `source` is not listened to; nil when it is.
    public func blocked(_ source: NetworkAddress, at now: UInt64) -> Int? {
        guard let entry = entry(source, at: now), entry.failures >= limits.failures else { return nil }
        let rest = entry.start &+ limits.window &- now
        return max(1, Int(clamping: (rest + 999_999_999) / 1_000_000_000))
    }

    /// Whether `credential` was good for `source` in this window.
    public func knowsAsGood(_ credential: TokenHash, of source: NetworkAddress, at now: UInt64) -> Bool {
        entry(source, at: now)?.good.contains(credential) ?? false
    }

    /// Notes a failure. Returns the nanoseconds for which its answer is to be held back.
    public mutating func failed(_ source: NetworkAddress, at now: UInt64) -> UInt64 {
        let block = source.block
        let bucket = bucket(of: block)
        let place = place(for: block, in: bucket, at: now)
        let failures = min(buckets[bucket][place].failures + 1, limits.failures)
        buckets[bucket][place].failures = failures
        let doublings = min(failures - 1, 32)
        return min(limits.delay << UInt64(doublings), limits.longestDelay)
    }

    /// Notes that `credential` is good, if `source` is kept in mind.
    public mutating func succeeded(_ credential: TokenHash, of source: NetworkAddress, at now: UInt64) {
        let block = source.block
        let bucket = bucket(of: block)
        guard let place = buckets[bucket].firstIndex(where: { $0.address == block && isLive($0, now) }) else { return }
        guard !buckets[bucket][place].good.contains(credential) else { return }
        if buckets[bucket][place].good.count >= Self.mostGood { buckets[bucket][place].good.removeFirst() }
        buckets[bucket][place].good.append(credential)
    }

    private func entry(_ source: NetworkAddress, at now: UInt64) -> Entry? {
        let block = source.block
        return buckets[bucket(of: block)].first { $0.address == block && isLive($0, now) }
    }

    /// The place of an address in its bucket, made for it if need be: a new one, one whose window is over, or that of the
    /// address with the fewest failures.
    private mutating func place(for block: NetworkAddress, in bucket: Int, at now: UInt64) -> Int {
        if let place = buckets[bucket].firstIndex(where: { $0.address == block && isLive($0, now) }) { return place }
        let entry = Entry(address: block, start: now)
        if let place = buckets[bucket].firstIndex(where: { !isLive($0, now) }) {
            buckets[bucket][place] = entry
            return place
        }
        guard buckets[bucket].count >= Self.ways else {
            buckets[bucket].append(entry)
            return buckets[bucket].count - 1
        }
        let place = buckets[bucket].indices.min { buckets[bucket][$0].failures < buckets[bucket][$1].failures } ?? 0
        buckets[bucket][place] = entry
        return place
    }

    private func isLive(_ entry: Entry, _ now: UInt64) -> Bool { now &- entry.start < limits.window }

    /// By a hash whose seed nobody outside knows.
    private func bucket(of block: NetworkAddress) -> Int {
        Int(truncatingIfNeeded: UInt(bitPattern: block.hashValue) % UInt(buckets.count))
    }
}

extension NetworkAddress {
    /// What one caller has at its disposal: the address itself, or the /64 of an IPv6 address.
    fileprivate var block: NetworkAddress { isIPv6 ? NetworkAddress(v6: (bits >> 64) << 64) : self }
}
