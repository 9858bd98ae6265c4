import Synchronization

/// A part of the cache with a lock of its own: the entries and the flights of the keys that hash to it.
final class CacheShard: Sendable {
    let state: Mutex<State>

    init(limit: Int) {
        state = Mutex(State(store: SieveStore(limit: limit)))
    }

    struct State {
        var store: SieveStore
        /// Those that may be joined.
        private var flights: [FlightKey: Flight] = [:]
        private var hits: UInt64 = 0
        private var misses: UInt64 = 0
        private var coalesced: UInt64 = 0

        init(store: SieveStore) {
            self.store = store
        }
    }
}

extension CacheShard.State {
    enum LookUp {
        case found(StoredAnswer)
        case notFound(CacheStatus.Forwarding)
    }

    enum Join {
        case stored(StoredAnswer)
        case joined(Flight)
        case leads
    }

    /// The stored answer, if it is fresh and young enough. One that is out of date is dropped.
    mutating func lookUp(_ request: CacheRequest, _ hash: UInt64, _ tags: TagTable) -> LookUp {
        guard let (place, answer) = store.find(request.key, hash: hash) else { return .notFound(.miss) }
        guard answer.freshness(at: request.now) > 0, tags.isCurrent(answer.tags) else {
            store.remove(place)
            return .notFound(.stale)
        }
        guard answer.age(at: request.now) < request.lifetime else { return .notFound(.stale) }
        guard request.acceptsAge(of: answer.requestedAt) else { return .notFound(.request) }
        store.use(place)
        hits += 1
        return .found(answer)
    }

    /// Joins the flight for the same key, unless a write came since it began; else `flight` takes its place.
    mutating func join(_ flight: Flight, _ request: CacheRequest, _ tags: TagTable) -> Join {
        if request.acceptsEarlier {
            // Somebody may have landed since the key was looked up.
            if case .found(let answer) = lookUp(request, flight.key.hash, tags) { return .stored(answer) }
            if let other = flights[flight.key], tags.isCurrent(other.tags), request.acceptsAge(of: other.requestedAt) {
                coalesced += 1
                return .joined(other)
            }
        }
        if flight.isShared { flights[flight.key] = flight }
        misses += 1
        return .leads
    }

    /// Ends a flight with an answer. Whether it was stored.
    mutating func land(_ flight: Flight, _ answer: StoredAnswer, _ tags: TagTable) -> Bool {
        forget(flight)
        guard flight.isShared, tags.isCurrent(flight.tags) else { return false }
        // One that was asked for later, by somebody who wanted no stored answer, may have landed before.
        if let (_, stored) = store.find(answer.key, hash: flight.key.hash), stored.requestedAt > answer.requestedAt,
            tags.isCurrent(stored.tags)
        {
            return false
        }
        return store.insert(answer, hash: flight.key.hash)
    }

    /// Takes a flight off the table, if it is that of its key.
    mutating func forget(_ flight: Flight) {
        if flights[flight.key] === flight { flights[flight.key] = nil }
    }

    func add(to total: inout CacheStatistics) {
        total.hits += hits
        total.misses += misses
        total.coalesced += coalesced
        total.evictions += store.evictions
        total.bytes += store.bytes
        total.entries += store.count
    }
}
