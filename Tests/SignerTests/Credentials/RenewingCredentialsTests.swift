import Bytes
import Synchronization
import Testing

@testable import Signer

@Suite struct RenewingCredentialsTests {
    let clock = FakeClock()
    let source: FakeSource
    let credentials: RenewingCredentials

    init() {
        source = FakeSource(.success(Credentials(key: AccessKey("first"), expiration: clock.after(3600))))
        credentials = RenewingCredentials(source, clock: { [clock] in clock.now }, random: { 0 })
    }

    private var id: String? { (try? credentials.current()).map { String(decoding: $0.key.id, as: UTF8.self) } }

    private func give(_ id: String, _ seconds: Int64?) {
        source.set(.success(Credentials(key: AccessKey(id), expiration: seconds.map(clock.after))))
    }

    @Test func asksOnlyWhenItIsTime() async {
        #expect(throws: CredentialError("fake", "no key has come yet")) { try credentials.current() }
        await credentials.renew()
        await credentials.renew()
        #expect(id == "first" && source.loads == 1)
        clock.advance(3299)
        give("second", 3600)
        await credentials.renew()
        #expect(id == "first" && source.loads == 1)
        clock.advance(1)
        await credentials.renew()
        #expect(id == "second" && source.loads == 2)
        #expect(credentials.attempts == (2, 0))
    }

    @Test func aFailureLeavesTheOldKeyWhileItIsValid() async throws {
        await credentials.renew()
        let end = clock.after(3600)
        clock.advance(3300)
        source.set(.failure(CredentialError("fake", "refused")))
        await credentials.renew()
        #expect(id == "first")
        guard case .renewalFailed(let error, end) = credentials.status else {
            Issue.record("\(credentials.status)")
            return
        }
        #expect(error.reason == "refused")
        #expect(credentials.attempts == (1, 1))
        // Not again before the pause is over.
        await credentials.renew()
        #expect(source.loads == 2)
        clock.advance(1)
        await credentials.renew()
        #expect(source.loads == 3)
        clock.advance(299)
        #expect(throws: CredentialError("fake", "refused")) { try credentials.current() }
        guard case .failed = credentials.status else {
            Issue.record("\(credentials.status)")
            return
        }
        give("later", 3600)
        await credentials.renew()
        #expect(id == "later")
        guard case .ready = credentials.status else {
            Issue.record("\(credentials.status)")
            return
        }
    }

    @Test func aKeyThatHasExpiredIsNone() async {
        give("old", 0)
        await credentials.renew()
        #expect(throws: CredentialError("fake", "gave a key that has expired")) { try credentials.current() }
    }

    @Test func renewsWhenTheFileHasChanged() async {
        give("file-1", nil)
        await credentials.renew()
        give("file-2", nil)
        await credentials.renew()
        #expect(id == "file-1")
        source.state.withLock { $0.isOutdated = true }
        await credentials.renew()
        #expect(id == "file-2")
    }

    @Test func aRejectedKeyIsRenewedSoon() async throws {
        await credentials.renew()
        let bell = Mutex(0)
        credentials.whenHurried { bell.withLock { $0 += 1 } }
        credentials.reject(AccessKey("somebody else's"))
        #expect(bell.withLock { $0 } == 0 && credentials.nextAttempt > clock.now + 20_000_000_000)
        clock.advance(60)
        credentials.reject(try credentials.current().key)
        #expect(bell.withLock { $0 } == 1 && credentials.nextAttempt == clock.now)
        give("second", 3600)
        await credentials.renew()
        #expect(id == "second")
    }

    @Test func aSeedServesUntilTheSourceGivesAKey() async {
        let seed = Credentials(key: AccessKey("seed"), expiration: clock.after(100))
        let seeded = RenewingCredentials(source, seed: seed, clock: { [clock] in clock.now })
        source.set(.failure(CredentialError("fake", "refused")))
        await seeded.renew()
        #expect((try? seeded.current()) == seed)
        guard case .renewalFailed = seeded.status else {
            Issue.record("\(seeded.status)")
            return
        }
        clock.advance(100)
        #expect(throws: CredentialError("fake", "refused")) { try seeded.current() }
    }

    @Test func isRenewedAtOnceOnDemand() async {
        give("file-1", nil)
        await credentials.renew()
        let bell = Mutex(0)
        credentials.whenHurried { bell.withLock { $0 += 1 } }
        give("file-2", nil)
        credentials.renewNow()
        #expect(bell.withLock { $0 } == 1)
        await credentials.renew()
        #expect(id == "file-2")
    }

    @Test func oneAttemptAtATimeAndNobodyWaitsForIt() async throws {
        await credentials.renew()
        clock.advance(3400)
        give("second", 3600)
        source.hold()
        async let first: Void = credentials.renew()
        while source.loads < 2 { await Task.yield() }
        await credentials.renew()
        #expect(source.loads == 2 && id == "first")
        source.release()
        await first
        #expect(id == "second" && source.loads == 2)
    }
}
