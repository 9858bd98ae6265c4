import Bytes
import Testing

@testable import Signer

@Suite struct RenewalScheduleTests {
    static let second: UInt64 = 1_000_000_000
    let clock = FakeClock()

    private func credentials(_ seconds: Int64?) -> Credentials {
        Credentials(key: AccessKey(), expiration: seconds.map(clock.after))
    }

    /// Seconds from now to the next attempt.
    private func wait(_ schedule: RenewalSchedule) -> Double {
        (Double(schedule.nextAttempt) - Double(clock.now)) / Double(Self.second)
    }

    @Test func beginsAtOnce() {
        #expect(RenewalSchedule().isDue(at: 0))
    }

    /// Five minutes ahead, up to a minute more at random; of a short life, half.
    @Test(
        arguments: [
            (3600, 0.0, 3300.0), (3600, 1.0, 3240.0), (43_200, 0.5, 42_870.0), (900, 0.0, 600.0), (600, 0.0, 300.0),
            (300, 0.0, 150.0), (10, 0.9, 5.0), (0, 0.0, 0.0),
        ] as [(Int64, Double, Double)])
    func renewsAheadOfNeed(_ life: Int64, _ random: Double, _ expected: Double) {
        var schedule = RenewalSchedule()
        schedule.succeeded(credentials(life), at: clock.now, random: random)
        #expect(wait(schedule) == expected)
        #expect(schedule.isDue(at: clock.now) == (expected == 0))
    }

    @Test func neverRenewsAPermanentKey() {
        var schedule = RenewalSchedule()
        schedule.succeeded(credentials(nil), at: clock.now, random: 0)
        #expect(schedule.nextAttempt == .max)
    }

    @Test func looksAgainForATokenWhoseEndNobodyTells() {
        var schedule = RenewalSchedule()
        let key = AccessKey("id", "secret", token: "token")
        schedule.succeeded(Credentials(key: key), at: clock.now, random: 0)
        #expect(wait(schedule) == 600)
    }

    @Test func backsOffWithJitter() {
        var schedule = RenewalSchedule()
        for expected in [1.0, 2, 4, 8, 16, 32, 60, 60, 60] {
            var early = schedule
            early.failed(at: clock.now, random: 1)
            schedule.failed(at: clock.now, random: 0)
            #expect(wait(schedule) == expected)
            #expect(wait(early) == expected / 2)
        }
        for _ in 0..<200 { schedule.failed(at: clock.now, random: 0) }
        #expect(wait(schedule) == 60)
        schedule.succeeded(credentials(3600), at: clock.now, random: 0)
        #expect(schedule.failures == 0)
        schedule.failed(at: clock.now, random: 0)
        #expect(wait(schedule) == 1)
    }

    /// A rejected key is renewed soon, but not more often than every ten seconds, and not against a back-off.
    @Test func hurries() {
        var schedule = RenewalSchedule()
        schedule.succeeded(credentials(3600), at: clock.now, random: 0)
        schedule.hurry(at: clock.now)
        #expect(wait(schedule) == 10)
        clock.advance(60)
        schedule.hurry(at: clock.now)
        #expect(schedule.isDue(at: clock.now))
        schedule.failed(at: clock.now, random: 0)
        schedule.hurry(at: clock.now)
        #expect(wait(schedule) == 1)
    }

    @Test func bearsAbsurdTimes() {
        var schedule = RenewalSchedule()
        for seconds in [Int64.min, -1, 0, Int64.max] {
            let end = Timestamp(secondsSinceEpoch: seconds)
            schedule.succeeded(Credentials(key: AccessKey(), expiration: end), at: clock.now, random: .nan)
            schedule.failed(at: .max, random: 2)
            schedule.hurry(at: .max)
        }
        schedule.failed(at: 0, random: -1)
    }
}
