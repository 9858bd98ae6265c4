import Bytes
import Testing

@testable import Cache

@Suite struct CacheTests {
    @Test func aHitGivesTheVeryBytesStored() throws {
        let bench = Bench()
        let flight = try #require(bench.begin("key").leading)
        final class Note: Sendable {}
        let note = Note()
        var finished = draft("{\"items\":[]}")
        finished.status = 207
        finished.receivedAt = 77
        finished.payload = note
        let stored = flight.complete(finished)
        #expect(stored.isStored)
        let hit = try #require(bench.begin("key").answer)
        #expect(hit === stored.answer)
        #expect(hit.body.text == "{\"items\":[]}" && hit.status == 207 && hit.receivedAt == 77)
        #expect(hit.payload === note)
        #expect(hit.contentType.view.text == "application/json")
        #expect(hit.body.baseAddress == bench.begin("key").answer?.body.baseAddress)
    }

    @Test func freshnessEndsWithTheLifetime() throws {
        let bench = Bench()
        #expect(bench.store("key", "body", lifetime: 10 * second))
        bench.now += 10 * second - 1
        let answer = try #require(bench.begin("key").answer)
        #expect(answer.age(at: bench.now) == 10 * second - 1 && answer.freshness(at: bench.now) == 1)
        bench.now += 1
        #expect(answer.freshness(at: bench.now) == 0)
        #expect(bench.begin("key").reason == .stale)
        #expect(bench.begin("key").reason == .miss, "what was out of date is gone")
    }

    @Test func theAgeCountsFromTheQuestion() throws {
        let bench = Bench()
        let flight = try #require(bench.begin("key").leading)
        bench.now += 3 * second
        flight.complete(draft("slow"))
        #expect(bench.begin("key").answer?.age(at: bench.now) == 3 * second)
        bench.now -= 5 * second
        #expect(bench.begin("key").answer?.age(at: bench.now) == 0, "the clocks of two threads may differ")
    }

    @Test func aShorterLifetimeOfTheRequestCounts() {
        let bench = Bench()
        bench.store("key", "body", lifetime: 10 * second)
        bench.now += 2 * second
        #expect(bench.begin("key", lifetime: 2 * second).reason == .stale)
        #expect(bench.hit("key") == "body")
    }

    @Test func noLifetimeMeansNeitherStoredNorShared() throws {
        let bench = Bench()
        let first = try #require(bench.begin("key", lifetime: 0).leading)
        let second = try #require(bench.begin("key", lifetime: 0).leading)
        #expect(first.reason == .bypass)
        #expect(!first.complete(draft("a")).isStored && !second.complete(draft("b")).isStored)
        #expect(bench.hit("key") == nil)
    }

    @Test func keysAreComparedWhole() {
        let bench = Bench()
        let keys = ["", "a", "ab", "b", "a\u{0}", "\u{0}a", String(repeating: "a", count: 10_000)]
        for key in keys { #expect(bench.store(key, "body of \(key)")) }
        for key in keys { #expect(bench.hit(key) == "body of \(key)") }
        #expect(bench.cache.statistics.entries == keys.count)
    }

    @Test func theBoundHolds() {
        let bench = Bench(capacity: 1 << 20)
        for number in 0..<5_000 { bench.store("key \(number)", String(repeating: "x", count: number % 3_000)) }
        let statistics = bench.cache.statistics
        #expect(statistics.bytes <= 1 << 20 && statistics.bytes > 1 << 19)
        #expect(statistics.evictions > 0 && statistics.entries + Int(statistics.evictions) == 5_000)
        bench.cache.removeAll()
        #expect(bench.cache.statistics.bytes == 0 && bench.cache.statistics.entries == 0)
        #expect(!bench.store("giant", String(repeating: "x", count: 1 << 20)))
        #expect(!Bench(capacity: 0).store("key", "body"))
    }

    @Test func countersCount() {
        let bench = Bench()
        bench.store("a", "1")
        _ = bench.hit("a")
        _ = bench.hit("a")
        let flight = bench.begin("b")
        #expect(bench.begin("b").following != nil)
        bench.cache.invalidate(Bench.tag, now: bench.now)
        _ = flight
        let statistics = bench.cache.statistics
        #expect(statistics.hits == 2 && statistics.misses == 2 && statistics.coalesced == 1)
        #expect(statistics.invalidations == 1 && statistics.entries == 1 && statistics.evictions == 0)
    }

    // MARK: What callers ask for

    @Test func noCacheAsksAnewAndStores() throws {
        let bench = Bench()
        bench.store("key", "old")
        let flight = try #require(bench.begin("key", "no-cache").leading)
        #expect(flight.reason == .request)
        #expect(bench.hit("key") == "old", "others are still served")
        flight.complete(draft("new"))
        #expect(bench.hit("key") == "new")
    }

    @Test func noCacheJoinsNobodyButOthersJoinIt() throws {
        let bench = Bench()
        let early = try #require(bench.begin("key").leading)
        let demanding = try #require(bench.begin("key", "no-cache").leading)
        let joined = try #require(bench.begin("key").following)
        #expect(joined === demanding.flight)
        bench.now += 1
        demanding.complete(draft("late question"))
        early.complete(draft("early question"))
        #expect(bench.hit("key") == "early question" || bench.hit("key") == "late question")
    }

    @Test func anEarlierQuestionDoesNotReplaceTheAnswerToALaterOne() throws {
        let bench = Bench()
        let early = try #require(bench.begin("key").leading)
        bench.now += 1
        let late = try #require(bench.begin("key", "no-cache").leading)
        late.complete(draft("late"))
        #expect(!early.complete(draft("early")).isStored)
        #expect(bench.hit("key") == "late")
    }

    @Test func noStoreLeavesNoTrace() throws {
        let bench = Bench()
        let flight = try #require(bench.begin("key", "no-store").leading)
        #expect(bench.begin("key").following == nil)
        #expect(!flight.complete(draft("secret")).isStored)
        #expect(bench.hit("key") == nil)
        bench.store("key", "stored")
        #expect(bench.begin("key", "no-store").reason == .request)
    }

    @Test func maxAgeBoundsTheAge() throws {
        let bench = Bench()
        bench.store("key", "body")
        #expect(bench.hit("key", "max-age=0") == nil)
        #expect(bench.hit("key", "max-age=1") == "body")
        bench.now += 3 * second
        #expect(bench.hit("key", "max-age=3") == "body")
        bench.now += 1
        #expect(bench.begin("key", "max-age=3").reason == .request)
        #expect(bench.hit("key", "max-age=4") == "body")
        #expect(bench.hit("key") == "body", "it stays for those who are content with it")
    }

    @Test func maxAgeBoundsTheAgeOfAFlightToo() throws {
        let bench = Bench()
        let flight = bench.begin("key")
        bench.now += 5 * second
        #expect(bench.begin("key", "max-age=5").following != nil)
        #expect(bench.begin("key", "max-age=4").leading != nil)
        _ = flight
    }

    @Test func onlyIfCachedNeverAsksTheCloud() {
        let bench = Bench()
        #expect(bench.begin("key", "only-if-cached").isAbsent)
        bench.store("key", "body")
        #expect(bench.hit("key", "only-if-cached") == "body")
        #expect(bench.begin("key", "only-if-cached, max-age=0").isAbsent)
    }

    // MARK: Entity tags

    @Test func entityTagsTellBodiesApart() throws {
        var tags: Set<String> = []
        var bodies = ["", "a", "b", "\u{0}", "\u{0}\u{0}", String(repeating: "x", count: 15), String(repeating: "x", count: 16)]
        for length in [17, 31, 32, 33, 4096] {
            for flipped in [0, 1, length / 2, length - 1] {
                var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: length)
                bytes[flipped] = UInt8(ascii: "y")
                bodies.append(String(decoding: bytes, as: UTF8.self))
            }
        }
        let bench = Bench()
        for (number, body) in Set(bodies).enumerated() {
            bench.store("key \(number)", body)
            bench.store("again \(number)", body)
            let tag = try #require(bench.begin("key \(number)").answer).etag.text
            #expect(tag == bench.begin("again \(number)").answer?.etag.text, "made from the body alone")
            #expect(tag.contains(/^"[0-9a-f]{32}"$/))
            tags.insert(tag)
        }
        #expect(tags.count == Set(bodies).count)
    }
}
