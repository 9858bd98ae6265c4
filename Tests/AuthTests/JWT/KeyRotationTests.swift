import Bytes
import Synchronization
import TestKeys
import Testing

@testable import Auth

/// Keys that come and go while tokens are checked.
struct KeyRotationTests {
    private let old = TestKey("old", .ed25519)
    private let new = TestKey("new", .ed25519)

    @Test("a verified token is believed until it expires, and no longer than its key is there")
    func cached() throws {
        let store = KeyStore(JWTBench.keySet([old]))
        let source = JWTBench.source(keys: store)
        let token = old.token(JWTBench.payload())
        let principal = try #require(source.identify(token: token).caller).principal
        #expect(source.identify(token: token).caller?.principal === principal)
        let end = Timestamp(secondsSinceEpoch: JWTBench.now + 659)
        #expect(source.identify(token: token, at: end).caller != nil)
        let late = Timestamp(secondsSinceEpoch: JWTBench.now + 660)
        #expect(source.identify(token: token, at: late).refusal?.failure == .expired)
        #expect(source.identify(token: token).caller != nil)
        store.finish(.success(JWTBench.keySet([new])))
        #expect(source.identify(token: token).refusal?.ground?.contains("no issuer has a key `old`") == true)
    }

    @Test("old and new keys side by side, then the new one alone")
    func rotation() {
        let store = KeyStore(JWTBench.keySet([old]))
        let source = JWTBench.source(keys: store)
        let (first, second) = (old.token(JWTBench.payload()), new.token(JWTBench.payload()))
        func isGood(_ token: String) -> Bool { source.identify(token: token).caller != nil }
        #expect(isGood(first) && !isGood(second))
        store.finish(.success(JWTBench.keySet([old, new])))
        #expect(isGood(first) && isGood(second))
        store.finish(.failure(KeyFetchFailure("refused")))
        #expect(isGood(first) && isGood(second))
        #expect(store.failure == "refused")
        store.finish(.success(nil))
        #expect(isGood(first) && isGood(second))
        #expect(store.failure == nil)
        store.finish(.success(JWTBench.keySet([new])))
        #expect(!isGood(first) && isGood(second))
    }

    @Test("a missing key is asked for, and the attempt can be waited for")
    func missing() async throws {
        let store = KeyStore(JWTBench.keySet([old]))
        let source = JWTBench.source(keys: store)
        let token = new.token(JWTBench.payload())
        #expect(source.identify(token: token).refusal?.pendingKeys == nil)
        let asked = Mutex(0)
        let isBusy = Mutex(true)
        store.fetch {
            asked.withLock { $0 += 1 }
            return isBusy.withLock { $0 }
        }
        let pending = try #require(source.identify(token: token).refusal?.pendingKeys)
        async let waiting: Void = pending.untilEnded()
        store.finish(.success(JWTBench.keySet([old, new])))
        await waiting
        // An attempt that has ended is not waited for.
        await pending.untilEnded()
        #expect(source.identify(token: token).caller != nil)
        #expect(asked.withLock { $0 } == 1)
        // What is wrong with a token otherwise asks for nothing.
        _ = source.identify(token: new.token(JWTBench.payload(["aud": "\"x\""])))
        _ = source.identify(token: TestKey("new", .ed25519).token(JWTBench.payload()))
        #expect(asked.withLock { $0 } == 1)
        isBusy.withLock { $0 = false }
        #expect(source.identify(token: TestKey("x", .ed25519).token(JWTBench.payload())).refusal?.pendingKeys == nil)
        #expect(asked.withLock { $0 } == 2)
    }

    @Test("without any key nobody can say whether a token is good")
    func noKeys() {
        let refusal = JWTBench.source(keys: KeyStore()).identify(token: new.token(JWTBench.payload())).refusal
        #expect(refusal?.failure == .unavailable)
    }

    @Test("verified tokens take bounded memory")
    func bounded() {
        let tokens = VerifiedTokens(capacity: 64)
        let now = Identities.now
        for index in 0..<1000 {
            let expiry = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + Int64(index % 3))
            let caller = Caller(principal: Identities.principal("a"), kind: .jwt, credential: nil, expiry: expiry)
            Array("\(index)".utf8).withView { tokens.insert(caller, for: TokenHash(of: $0), at: now) }
        }
        #expect((16...64).contains(tokens.count))
    }
}

struct RefreshScheduleTests {
    private static let second: UInt64 = 1_000_000_000

    @Test("at once, then at its interval")
    func regular() {
        var schedule = RefreshSchedule(interval: 600 * Self.second, now: 5)
        #expect(schedule.next == 5)
        schedule.begin(at: 5)
        #expect(schedule.isBusy && schedule.next == .max)
        schedule.end(isSuccess: true, at: 10)
        #expect(!schedule.isBusy && schedule.next == 10 + 600 * Self.second)
    }

    @Test("after failures again soon, with growing pauses")
    func failures() {
        var schedule = RefreshSchedule(interval: 600 * Self.second, now: 0)
        var pauses: [UInt64] = []
        for _ in 0..<8 {
            let now = schedule.next
            schedule.begin(at: now)
            schedule.end(isSuccess: false, at: now)
            pauses.append((schedule.next - now) / Self.second)
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
        schedule.begin(at: schedule.next)
        schedule.end(isSuccess: true, at: 0)
        #expect(schedule.next == 600 * Self.second)
    }

    @Test("early for a missing key, and not more often than the gap allows")
    func early() {
        var schedule = RefreshSchedule(interval: 600 * Self.second, now: 0)
        schedule.begin(at: 0)
        let whileBusy = schedule.hurry(at: 1)
        #expect(whileBusy)
        schedule.end(isSuccess: true, at: Self.second)
        let soon = schedule.hurry(at: 2 * Self.second)
        #expect(!soon)
        #expect(schedule.next == 30 * Self.second)
        let stillSoon = schedule.hurry(at: 29 * Self.second)
        #expect(!stillSoon)
        let late = schedule.hurry(at: 40 * Self.second)
        #expect(late)
        #expect(schedule.next == 30 * Self.second)
        schedule.begin(at: 40 * Self.second)
        schedule.end(isSuccess: true, at: 40 * Self.second)
        #expect(schedule.next == 640 * Self.second)
    }
}
