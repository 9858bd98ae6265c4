import Bytes
import Synchronization

/// Tokens that were verified, by their hashes, until they expire: so that a caller's next request costs a lookup. Bounded;
/// it ends with the source that it belongs to.
final class VerifiedTokens: Sendable {
    struct Entry: Sendable {
        let caller: Caller
        let expiry: Timestamp
        /// By which issuer's keys, in which generation.
        let issuer: Int
        let generation: Int
    }

    private final class Shard: Sendable {
        let entries = Mutex<[TokenHash: Entry]>([:])
    }

    private static let shardCount = 16
    private let shards = (0..<shardCount).map { _ in Shard() }
    private let shardCapacity: Int

    /// Keeps about `capacity` tokens.
    init(capacity: Int = 8192) {
        shardCapacity = max(1, capacity / Self.shardCount)
    }

    func entry(of hash: TokenHash, at now: Timestamp) -> Entry? {
        shard(of: hash).entries.withLock { entries in
            guard let entry = entries[hash] else { return nil }
            if now < entry.expiry { return entry }
            entries[hash] = nil
            return nil
        }
    }

    func insert(_ entry: Entry, for hash: TokenHash, at now: Timestamp) {
        shard(of: hash).entries.withLock { entries in
            if entries.count >= shardCapacity, entries[hash] == nil {
                entries = entries.filter { now < $0.value.expiry }
                // Any one: which is first depends on hashes that nobody foresees.
                if entries.count >= shardCapacity, let victim = entries.keys.first { entries[victim] = nil }
            }
            entries[hash] = entry
        }
    }

    var count: Int { shards.reduce(0) { $0 + $1.entries.withLock { $0.count } } }

    private func shard(of hash: TokenHash) -> Shard {
        shards[Int(truncatingIfNeeded: hash.words.1 % UInt64(Self.shardCount))]
    }
}
