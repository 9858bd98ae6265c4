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
            // A task of its own: a caller who hangs up must not cut off a write whose effect nobody would know then.
            let sent = Task(executorPreference: loop) { [self] in await outcome(of: call) }
            var answer = try await sent.value.get()
            // The first answer is kept as it is at once: a repetition must not wait for the resource as well.
            if let key, !key.isDerived { services.idempotency.finish(key.scope, answer) }
            if let wait, await waitForState(wait, exchange, call, answer) {
                answer.headers.append(("Preference-Applied", "wait=\(wait)"))
            }
            respond(answer, exchange, call)
        } catch {
            var problem = error
            if let key, !key.isDerived { settle(key, problem, call) }
            // Trying again is safe only where a repetition is recognised.
            if problem.mayHaveHadEffect, key == nil, !isRepeatable(call) { problem.retryable = false }
            respond(problem, exchange, call)
        }
    }

    /// Frees the key of a write that certainly did nothing; else the problem stays its answer, since a repetition might do
    /// it twice.
    private func settle(_ key: IdempotencyKey, _ problem: Problem, _ call: Call) {
        guard problem.mayHaveHadEffect else { return services.idempotency.forget(key.scope) }
        var answer = Answer(status: problem.status, contentType: .problem)
        call.requestID.bytes.withView { problem.append(to: &answer.body, requestID: $0) }
        services.idempotency.finish(key.scope, answer)
    }

    /// Whether the caller itself gave the token by which the cloud recognises a repetition.
    private func isRepeatable(_ call: Call) -> Bool {
        guard let position = call.bound.operation?.entry.idempotency else { return false }
        return call.bound.isFromCaller(position)
    }

    private func outcome(of call: Call) async -> Result<Answer, Problem> {
        do throws(Problem) {
            return .success(try await carryOut(call))
        } catch {
            return .failure(error)
        }
    }

    /// Sends the call; what it touches is out of date before it is sent, and again when its outcome is known, even a
    /// failure: a call whose answer was lost may have had its effect.
    private func carryOut(_ call: Call) async throws(Problem) -> Answer {
        invalidate(call)
        defer { invalidate(call) }
        do throws(Problem) {
            return try shape(try await send(call), call)
        } catch {
            return try Answer(dryRun: error, call)
        }
    }

    /// Marks what a write touches as out of date.
    func invalidate(_ call: Call) {
        for tag in writeTags(of: call) { services.cache.invalidate(tag, now: SystemClock.monotonic) }
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
