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
        case .hit(let answer):
            if let hash = call.memoHash, let entry = RequestMemo.Entry(call) { memo.keep(entry, hash) }
            respond(hit: answer, exchange, call)
        case .absent: respond(.notCached, exchange, call)
        case .lead(let flight): lead(flight, exchange, call)
        case .follow(let flight, let reason):
            let request = PendingRead(lifetime: request.lifetime, directives: request.directives)
            exchange.perform { [self] exchange in await follow(flight, reason, request, exchange, call) }
        }
    }

    /// Answers a request that is the same as an earlier one, as long as the cache has the answer: every stage between was
    /// gone through then, and would come to the same. False when the request must take the whole way.
    func answerAsBefore(_ exchange: Exchange, _ call: Call) -> Bool {
        // An audit line tells resources and parameters, which are not kept; and while an address guesses, its every guess is
        // counted.
        guard services.audit == nil, services.access.doorkeeper.isQuiet(at: exchange.receivedAt),
            let hash = memo.hash(exchange)
        else { return false }
        let now = exchange.loop.wallNow
        guard let known = memo.find(hash, at: Timestamp(wallNanoseconds: now)) else {
            call.memoHash = hash
            return false
        }
        var request = CacheRequest(key: .empty, lifetime: services.lifetime(of: known.operation), now: exchange.receivedAt)
        if let value = exchange.header(.cacheControl) { request.directives = .parse(value) }
        let answer = known.cacheKey.withView { key in
            request.key = key
            return services.cache.stored(request)
        }
        guard let answer else {
            call.memoHash = hash
            return false
        }
        call.known = known
        call.source = services.source(of: exchange)
        metrics.decided(known.decision.outcome)
        respond(hit: answer, exchange, call)
        return true
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

    /// Asks the cloud, for this request and for all who follow. One call is nearly always enough, and made without a task;
    /// several pages, further tries, and keys that must be asked for first, are the business of one.
    private func lead(_ flight: LeadingFlight, _ exchange: Exchange, _ call: Call) {
        call.cache = flight.reason == .bypass ? .bypass : .miss
        do throws(Problem) {
            guard let account = call.account, !(call.bound.page.all && call.bound.operation?.isList == true),
                let key = try keyAtHand(for: call, account)
            else {
                return exchange.perform { [self] exchange in await lead(flight, exchange, call) }
            }
            let outgoing = try prepare(call, key: key)
            exchange.forward(outgoing.request, through: clients[outgoing.account.client]) { [self] exchange, result in
                do throws(Problem) {
                    answer(flight, with: try shape(try settle(result, outgoing, call), call), exchange, call)
                } catch {
                    guard error.isTransient, !exchange.isAbandoned else { return give(up: flight, error, exchange, call) }
                    exchange.perform { [self] exchange in
                        await loop.pause(Self.pauses[0])
                        await lead(flight, triesBefore: 1, exchange, call)
                    }
                }
            }
        } catch {
            give(up: flight, error, exchange, call)
        }
    }

    private func lead(_ flight: LeadingFlight, triesBefore: Int = 0, _ exchange: Exchange, _ call: Call) async {
        call.cache = flight.reason == .bypass ? .bypass : .miss
        do throws(Problem) {
            answer(flight, with: try await load(call, triesBefore: triesBefore), exchange, call)
        } catch {
            give(up: flight, error, exchange, call)
        }
    }

    private func answer(_ flight: LeadingFlight, with answer: Answer, _ exchange: Exchange, _ call: Call) {
        let details = answer.nextPageToken.map { AnswerDetails(nextPageToken: $0) }
        let (stored, isStored) = flight.complete(
            AnswerDraft(contentType: answer.contentType.text, body: answer.body, payload: details))
        respond(stored, .forwarded(flight.reason, isStored: isStored), exchange, call)
    }

    private func give(up flight: LeadingFlight, _ problem: Problem, _ exchange: Exchange, _ call: Call) {
        if let answer = try? Answer(dryRun: problem, call) { return self.answer(flight, with: answer, exchange, call) }
        // When the caller went away the flight is just dropped: somebody who follows takes over.
        if !exchange.isAbandoned { flight.fail(problem) }
        respond(problem, exchange, call)
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
                case .lead(let flight): await lead(flight, triesBefore: 0, exchange, call)
                case .follow(let next, let reason): await follow(next, reason, pending, exchange, call)
                }
            }
        }
    }

    /// The body of an answer to a call of the gateway's own, from the cache where that has it.
    func loadThroughCache(_ call: Call) async throws(Problem) -> [UInt8] {
        guard let operation = call.bound.operation else { throw .internalError }
        makeCacheKey(call)
        let request = CacheRequest(key: .empty, lifetime: services.lifetime(of: operation), now: SystemClock.monotonic)
        switch look(request, call) {
        case .hit(let answer): return Array(answer.body)
        case .absent: throw .notCached
        case .lead(let flight):
            do throws(Problem) {
                let answer = try await load(call)
                _ = flight.complete(AnswerDraft(contentType: answer.contentType.text, body: answer.body, payload: nil))
                return answer.body
            } catch {
                flight.fail(error)
                throw error
            }
        case .follow(let flight, _):
            do throws(Flight.Failure) {
                return Array(try await flight.result().body)
            } catch {
                throw .internalError
            }
        }
    }

    /// Asks the cloud and reshapes what it answers.
    func load(_ call: Call, triesBefore: Int = 0) async throws(Problem) -> Answer {
        if call.bound.page.all, call.bound.operation?.isList == true { return try await gather(call) }
        do throws(Problem) {
            return try shape(try await send(call, triesBefore: triesBefore), call)
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
