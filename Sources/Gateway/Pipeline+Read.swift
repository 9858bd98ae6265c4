import Bytes
import Cache
import HTTP
import Routes

/// Reads: from the cache, or by one upstream call for all who ask at the same time.
extension Pipeline {
    /// Answers from the cache at once, or suspends the connection and asks the cloud.
    func read(_ exchange: Exchange, _ call: Call) {
        guard let operation = call.bound.operation else { return respond(.internalError, exchange, call) }
        preparePage(call)
        makeCacheKey(call)
        var request = CacheRequest(key: .empty, lifetime: services.lifetime(of: operation), now: exchange.receivedAt)
        if let value = exchange.header(.cacheControl) { request.directives = .parse(value) }
        switch look(request, call) {
        case .hit(let answer): respond(hit: answer, exchange, call)
        case .absent: respond(.notCached, exchange, call)
        case .lead(let flight):
            exchange.perform { [self] exchange in await lead(flight, exchange, call) }
        case .follow(let flight, let reason):
            let request = PendingRead(lifetime: request.lifetime, directives: request.directives)
            exchange.perform { [self] exchange in await follow(flight, reason, request, exchange, call) }
        }
    }

    /// What a lookup asks for, without its key and time.
    private struct PendingRead: Sendable {
        let lifetime: UInt64
        let directives: RequestCacheControl
    }

    private func look(_ request: CacheRequest, _ call: Call) -> Cache.Begin {
        call.cacheKey.withView { key in
            var request = request
            request.key = key
            return services.cache.begin(request) { readTags(of: call) }
        }
    }

    /// Account, role, form and everything that was bound: two requests with one key mean the same to the cloud.
    private func makeCacheKey(_ call: Call) {
        let account = call.account?.index ?? 0
        call.cacheKey.removeAll(keepingCapacity: true)
        call.cacheKey.append(UInt8(truncatingIfNeeded: account))
        call.cacheKey.append(UInt8(truncatingIfNeeded: account >> 8))
        call.cacheKey.append((call.isNative ? 1 : 0) | (call.role == nil ? 0 : 2))
        if let role = call.role {
            for shift: UInt32 in [0, 8, 16, 24] { call.cacheKey.append(UInt8(truncatingIfNeeded: role.number >> shift)) }
        }
        call.bound.appendCacheKey(to: &call.cacheKey)
    }

    private func respond(hit answer: StoredAnswer, _ exchange: Exchange, _ call: Call) {
        call.cache = .hit
        let ttl = (answer.freshness(at: exchange.receivedAt) &+ 500_000_000) / 1_000_000_000
        respond(answer, .hit(ttl: ttl), isHit: true, exchange, call)
    }

    /// Asks the cloud, for this request and for all who follow.
    private func lead(_ flight: LeadingFlight, _ exchange: Exchange, _ call: Call) async {
        call.cache = flight.reason == .bypass ? .bypass : .miss
        do throws(Problem) {
            let answer = try await load(call)
            let details = answer.nextPageToken.map { AnswerDetails(nextPageToken: $0) }
            let (stored, isStored) = flight.complete(
                AnswerDraft(contentType: answer.contentType.text, body: answer.body, payload: details))
            respond(stored, .forwarded(flight.reason, isStored: isStored), exchange, call)
        } catch {
            // When the caller went away the flight is just dropped: somebody who follows takes over.
            if !Task.isCancelled { flight.fail(error) }
            respond(error, exchange, call)
        }
    }

    private func follow(
        _ flight: Flight, _ reason: CacheStatus.Forwarding, _ pending: PendingRead, _ exchange: Exchange, _ call: Call
    ) async {
        call.cache = .collapsed
        do throws(Flight.Failure) {
            let answer = try await flight.result()
            respond(answer, .collapsed(reason), exchange, call)
        } catch {
            switch error {
            case .failed(let problem as Problem): respond(problem, exchange, call)
            case .failed: respond(.internalError, exchange, call)
            case .cancelled: respond(.callerGone, exchange, call)
            case .abandoned:
                let request = CacheRequest(
                    key: .empty, lifetime: pending.lifetime, directives: pending.directives, now: SystemClock.monotonic)
                switch look(request, call) {
                case .hit(let answer): respond(hit: answer, exchange, call)
                case .absent: respond(.notCached, exchange, call)
                case .lead(let flight): await lead(flight, exchange, call)
                case .follow(let next, let reason): await follow(next, reason, pending, exchange, call)
                }
            }
        }
    }

    /// Asks the cloud and reshapes what it answers.
    func load(_ call: Call) async throws(Problem) -> Answer {
        if call.bound.page.all, call.bound.operation?.isList == true { return try await gather(call) }
        do throws(Problem) {
            return try shape(try await send(call), call)
        } catch {
            return try Answer(dryRun: error, call)
        }
    }
}

/// What a stored answer needs besides its body and type.
final class AnswerDetails: Sendable {
    let nextPageToken: [UInt8]

    init(nextPageToken: [UInt8]) {
        self.nextPageToken = nextPageToken
    }
}
