import Bytes

/// The entries of one shard: a hash table over the keys, and SIEVE (Zhang et al., NSDI 2024) to choose what goes.
///
/// Why SIEVE: a hit sets one bit and moves nothing, so the lock around it is held for a few nanoseconds; what is asked for
/// once, as when a script walks through a thousand resources, goes first without pushing out what dashboards ask for all the
/// time; and it is one queue and one hand, with no parameter to tune. S3-FIFO does about as well with three queues.
///
/// New entries join at the front. The hand walks from the back to the front: an entry with its bit set stays and loses the
/// bit, one without goes.
struct SieveStore {
    private struct Entry {
        var answer: StoredAnswer?
        var hash: UInt64
        /// Neighbours in the queue by index, -1 for none.
        var newer: Int32
        var older: Int32
        var wasUsed: Bool
    }

    /// The bytes that all entries together may cost; see ``StoredAnswer/cost``.
    let limit: Int
    private(set) var bytes = 0
    private(set) var evictions: UInt64 = 0

    private var entries: [Entry] = []
    private var free: [Int32] = []
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    private var hand: Int32 = -1
    private var index = HashIndex()

    init(limit: Int) {
        self.limit = limit
    }

    /// The number of entries.
    var count: Int { entries.count - free.count }

    /// The answer stored under `key`, and where. Does not count as use.
    func find(_ key: ByteView, hash: UInt64) -> (place: Int32, answer: StoredAnswer)? {
        let place = index.first(hash) { entries[Int($0)].answer?.key.equals(key) == true }
        guard let place, let answer = entries[Int(place)].answer else { return nil }
        return (place, answer)
    }

    /// Notes that the entry at `place` was used.
    mutating func use(_ place: Int32) {
        entries[Int(place)].wasUsed = true
    }

    /// Stores `answer` in place of what its key had, and evicts until everything fits. An answer that costs more than half
    /// of the limit is not stored, so that one does not drive out all others. Whether it was stored.
    mutating func insert(_ answer: StoredAnswer, hash: UInt64) -> Bool {
        if let (place, _) = find(answer.key, hash: hash) { remove(place) }
        guard answer.cost <= limit / 2 else { return false }
        while bytes > limit - answer.cost { evict() }
        let place = free.popLast() ?? Int32(entries.count)
        let entry = Entry(answer: answer, hash: hash, newer: -1, older: newest, wasUsed: false)
        if Int(place) == entries.count { entries.append(entry) } else { entries[Int(place)] = entry }
        if newest >= 0 { entries[Int(newest)].newer = place }
        newest = place
        if oldest < 0 { oldest = place }
        bytes += answer.cost
        index.insert(place, hash)
        return true
    }

    /// Removes the entry at `place`.
    mutating func remove(_ place: Int32) {
        let entry = entries[Int(place)]
        guard let answer = entry.answer else { return }
        if hand == place { hand = entry.newer }
        if entry.newer >= 0 { entries[Int(entry.newer)].older = entry.older } else { newest = entry.older }
        if entry.older >= 0 { entries[Int(entry.older)].newer = entry.newer } else { oldest = entry.newer }
        bytes -= answer.cost
        index.remove(place, entry.hash)
        entries[Int(place)].answer = nil
        free.append(place)
    }

    /// Removes every entry.
    mutating func removeAll() {
        self = SieveStore(limit: limit, evictions: evictions)
    }

    private init(limit: Int, evictions: UInt64) {
        (self.limit, self.evictions) = (limit, evictions)
    }

    private mutating func evict() {
        var place = hand >= 0 ? hand : oldest
        while place >= 0, entries[Int(place)].wasUsed {
            entries[Int(place)].wasUsed = false
            let newer = entries[Int(place)].newer
            place = newer >= 0 ? newer : oldest
        }
        guard place >= 0 else { return }
        hand = entries[Int(place)].newer
        let next = hand
        remove(place)
        hand = next
        evictions += 1
    }
}
