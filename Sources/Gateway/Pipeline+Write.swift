import Bytes
import Cache
import HTTP
import Routes

/// Writes: idempotent where the caller or the API makes them so; what they touch is invalidated before and after.
extension Pipeline {
    func write(_ exchange: Exchange, _ call: Call) {
        do throws(Problem) {
            let key = try IdempotencyKey(exchange, call)
            if let key, !key.isDerived {
                switch services.idempotency.begin(key.scope, fingerprint: key.fingerprint) {
                case .first: break
                case .replay(let answer):
                    call.cloudRequestID = nil
                    return respond(answer, exchange, call, isReplay: true)
                case .mismatch:
                    throw Problem(
                        422, "IdempotencyKey.Mismatch", "this Idempotency-Key was used for a request with another content")
                case .running:
                    throw Problem(
                        409, "IdempotencyKey.Running", "the first request with this Idempotency-Key is still running",
                        retryable: true, retryAfter: 1)
                }
            }
            let wait = exchange.header(.prefer).flatMap(Preferences.wait)
            exchange.perform { [self] exchange in await write(exchange, call, key, wait: wait) }
        } catch {
            respond(error, exchange, call)
        }
    }

    private func write(_ exchange: Exchange, _ call: Call, _ key: IdempotencyKey?, wait: Int?) async {
        do throws(Problem) {
            setClientToken(call, key)
            var answer = try await carryOut(call)
            // The first answer is kept as it is at once: a repetition must not wait for the resource as well.
            if let key, !key.isDerived { services.idempotency.finish(key.scope, answer) }
            if let wait, await waitForState(wait, exchange, call, answer) {
                answer.headers.append(("Preference-Applied", "wait=\(wait)"))
            }
            respond(answer, exchange, call)
        } catch {
            if let key, !key.isDerived { services.idempotency.forget(key.scope) }
            respond(error, exchange, call)
        }
    }

    /// Sends the call; what it touches is out of date before it is sent, and again when its outcome is known, even a
    /// failure: a call whose answer was lost may have had its effect.
    private func carryOut(_ call: Call) async throws(Problem) -> Answer {
        let tags = writeTags(of: call)
        for tag in tags { services.cache.invalidate(tag, now: SystemClock.monotonic) }
        defer { for tag in tags { services.cache.invalidate(tag, now: SystemClock.monotonic) } }
        do throws(Problem) {
            return try shape(try await send(call), call)
        } catch {
            return try Answer(dryRun: error, call)
        }
    }

    /// The ClientToken is made once, before the first try, and kept through every retry. From an `Idempotency-Key` it is
    /// derived, so that another gateway in front of the same cloud derives the same one.
    private func setClientToken(_ call: Call, _ key: IdempotencyKey?) {
        guard let position = call.bound.operation?.entry.idempotency, !call.bound.has(position) else { return }
        var token: [UInt8] = []
        if let key {
            token.append(hex: key.scope.prefix(20))
        } else {
            token.append(hex: SystemRandom.bits64())
            token.append(hex: SystemRandom.bits64())
        }
        token.withView { call.bound.set(position, to: $0) }
    }
}
