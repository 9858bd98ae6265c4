import Bytes
import Synchronization

/// Tokens that were verified, by their hashes, until they expire: so that a caller's next request costs a lookup. Bounded;
/// it ends with the source that it belongs to.
final class VerifiedTokens: Sendable {
    private final class Shard: Sendable {
        let callers = Mutex<[TokenHash: Caller]>([:])
    }

    private static let shardCount = 16
    private let shards = (0..<shardCount).map { _ in Shard() }
    private let shardCapacity: Int

    /// Keeps about `capacity` tokens.
    init(capacity: Int = 8192) {
        shardCapacity = max(1, capacity / Self.shardCount)
    }

    func caller(of hash: TokenHash, at now: Timestamp) -> Caller? {
        shard(of: hash).callers.withLock { callers in
            guard let caller = callers[hash] else { return nil }
            if caller.isStillGood(at: now) { return caller }
            callers[hash] = nil
            return nil
        }
    }

    func insert(_ caller: Caller, for hash: TokenHash, at now: Timestamp) {
        shard(of: hash).callers.withLock { callers in
            if callers.count >= shardCapacity, callers[hash] == nil {
                callers = callers.filter { $0.value.isStillGood(at: now) }
                // Any one: which is first depends on hashes that nobody foresees.
                if callers.count >= shardCapacity, let victim = callers.keys.first { callers[victim] = nil }
            }
            callers[hash] = caller
        }
    }

    var count: Int { shards.reduce(0) { $0 + $1.callers.withLock { $0.count } } }

    private func shard(of hash: TokenHash) -> Shard {
        shards[Int(truncatingIfNeeded: hash.words.1 % UInt64(Self.shardCount))]
    }
}
