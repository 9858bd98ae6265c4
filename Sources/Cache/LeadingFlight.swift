/// A flight in the hands of the one who leads it: who asks the cloud and then reports the outcome, once.
///
/// Dropped without an outcome, it is abandoned, and those who wait look up again; so nobody ever waits for nothing.
public final class LeadingFlight: Sendable {
    /// Why the cloud is asked.
    public let reason: CacheStatus.Forwarding
    let flight: Flight
    private let cache: Cache

    init(_ flight: Flight, reason: CacheStatus.Forwarding, cache: Cache) {
        self.flight = flight
        self.reason = reason
        self.cache = cache
    }

    deinit {
        if !flight.isEnded { cache.end(flight, .abandoned) }
    }

    /// Reports the answer: stores it, unless a write has made it out of date meanwhile, and gives it to all who wait.
    ///
    /// Returns the answer to send, and whether it was stored.
    @discardableResult
    public func complete(_ draft: AnswerDraft) -> (answer: StoredAnswer, isStored: Bool) {
        cache.complete(flight, draft)
    }

    /// Reports that there is no answer. Everyone who waits gets `error`; nothing is stored.
    public func fail(_ error: any Error) {
        cache.end(flight, .failed(error))
    }
}
