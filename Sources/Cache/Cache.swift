import Bytes
import Synchronization

/// The cache of what the cloud's read actions answered. In memory, bounded in bytes, safe to use from any thread.
///
/// - A hit takes one short lock, copies nothing and allocates nothing.
/// - Of concurrent misses for a key one asks the cloud and the others wait for it.
/// - A write raises the generation of the tags it touches, before it is sent and again after. Answers carry the generations
///   that their tags had before they were asked for, and are fresh only as long as those have not changed. So an answer
///   that was asked for before a write can not be served after it, whichever of the two the cloud handled first.
/// - Errors are not stored.
///
/// Keys are hashed with a seed of this process, so that callers can not choose keys that collide.
public final class Cache: Sendable {
    /// What a lookup led to.
    public enum Begin {
        /// A stored answer.
        case hit(StoredAnswer)
        /// Ask the cloud, and report to the flight.
        case lead(LeadingFlight)
        /// Somebody asks the cloud already; wait for the flight. The reason is why nothing stored was served.
        case follow(Flight, CacheStatus.Forwarding)
        /// Nothing stored, and the caller wants nothing else (`only-if-cached`; the status is 504).
        case absent
    }

    /// The durations in use.
    public let policy: CachePolicy
    private let tags = TagTable()
    private let shards: [CacheShard]
    private let invalidations = Atomic<UInt64>(0)

    /// A cache whose entries cost at most `capacity` bytes together.
    public init(capacity: Int, policy: CachePolicy = CachePolicy()) {
        self.policy = policy
        var count = 16
        // Shards that are too small could not hold a long list.
        while count > 1, capacity / count < 4 << 20 { count /= 2 }
        shards = (0..<count).map { _ in CacheShard(limit: max(0, capacity) / count) }
    }

    /// Looks up `request`. On a miss, `tags` names what the answer will be made from; it is called then only, and before
    /// this method returns, hence before the cloud is asked.
    public func begin(_ request: CacheRequest, tags: () -> [Tag]) -> Begin {
        let hash = Self.hash(request.key)
        let shard = shard(hash)
        var reason = CacheStatus.Forwarding.request
        if request.acceptsEarlier {
            switch shard.state.withLock({ $0.lookUp(request, hash, self.tags) }) {
            case .found(let answer): return .hit(answer)
            case .notFound(let why): reason = why
            }
        }
        if request.directives.onlyIfCached { return .absent }
        if request.lifetime == 0 { reason = .bypass }
        // Taken outside the lock, and before the cloud is asked: a write from here on shows in the generations.
        let snapshot = self.tags.snapshot(tags())
        let flight = Flight(
            key: FlightKey(hash: hash, bytes: Array(request.key)), tags: snapshot, requestedAt: request.now,
            lifetime: lifetime(request, snapshot), isShared: request.isShared
        )
        switch shard.state.withLock({ $0.join(flight, request, self.tags) }) {
        case .stored(let answer): return .hit(answer)
        case .joined(let other): return .follow(other, reason)
        case .leads: return .lead(LeadingFlight(flight, reason: reason, cache: self))
        }
    }

    /// The stored answer that would serve `request`, or nil; asks for nothing.
    public func stored(_ request: CacheRequest) -> StoredAnswer? {
        guard request.acceptsEarlier else { return nil }
        let hash = Self.hash(request.key)
        guard case .found(let answer) = shard(hash).state.withLock({ $0.lookUp(request, hash, tags) }) else { return nil }
        return answer
    }

    /// Reports a write: answers that carry a tag which `tag` touches are out of date from now on, those on their way
    /// included. Call it before the write is sent and again when its outcome is known, whatever that is.
    public func invalidate(_ tag: Tag, now: UInt64) {
        invalidations.wrappingAdd(1, ordering: .relaxed)
        tags.raise(tag, now: now)
    }

    /// Forgets every stored answer.
    public func removeAll() {
        for shard in shards { shard.state.withLock { $0.store.removeAll() } }
    }

    /// The counters, gathered shard by shard.
    public var statistics: CacheStatistics {
        var total = CacheStatistics()
        total.invalidations = invalidations.load(ordering: .relaxed)
        for shard in shards { shard.state.withLock { $0.add(to: &total) } }
        return total
    }

    func complete(_ flight: Flight, _ draft: AnswerDraft) -> (answer: StoredAnswer, isStored: Bool) {
        let answer = flight.key.bytes.withView { key in
            StoredAnswer(
                key: key, draft: draft, requestedAt: flight.requestedAt, lifetime: flight.lifetime, tags: flight.tags
            )
        }
        // Stored and off the table of flights in one step, so that nobody finds neither.
        let isStored = shard(flight.key.hash).state.withLock { $0.land(flight, answer, tags) }
        flight.end(.success(answer))
        return (answer, isStored)
    }

    func end(_ flight: Flight, _ failure: Flight.Failure) {
        shard(flight.key.hash).state.withLock { $0.forget(flight) }
        flight.end(.failure(failure))
    }

    /// Not longer than a moment while the cloud may still be changing what the tags name.
    private func lifetime(_ request: CacheRequest, _ snapshot: TagSnapshot) -> UInt64 {
        guard snapshot.lastWrite > 0 else { return request.lifetime }
        let sinceWrite = request.now > snapshot.lastWrite ? request.now - snapshot.lastWrite : 0
        return sinceWrite < policy.settlingWindow ? min(request.lifetime, policy.settlingLifetime) : request.lifetime
    }

    private func shard(_ hash: UInt64) -> CacheShard { shards[Int(truncatingIfNeeded: hash >> 56) & (shards.count - 1)] }

    /// SipHash with the standard library's seed, which is random for each process.
    private static func hash(_ key: ByteView) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(key))
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }
}
