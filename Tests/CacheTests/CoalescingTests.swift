import Bytes
import Synchronization
import Testing

@testable import Cache

/// Many who ask for the same at the same time.
@Suite struct CoalescingTests {
    private struct Refused: Error, Equatable {}

    @Test func followersGetTheLeadersAnswer() async throws {
        let bench = Bench()
        let leader = try #require(bench.begin("key").leading)
        let flights = (0..<10).compactMap { _ in bench.begin("key").following }
        #expect(flights.count == 10)
        let waiting = flights.map { flight in Task { try await flight.result() } }
        let (answer, _) = leader.complete(draft("once"))
        for task in waiting { #expect(try await task.value === answer) }
        let late = try await flights[0].result()
        #expect(late === answer, "also for whoever comes to wait after the end")
    }

    @Test func followersGetTheLeadersError() async throws {
        let bench = Bench()
        let leader = try #require(bench.begin("key").leading)
        let flight = try #require(bench.begin("key").following)
        let task = Task { try await flight.result() }
        leader.fail(Refused())
        let error = await #expect(throws: Flight.Failure.self) { try await task.value }
        guard case .failed(let cause) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause as? Refused == Refused())
        #expect(bench.begin("key").reason == .miss, "errors are not stored")
    }

    @Test func aLeaderThatGoesAwayLetsTheFollowersTryAgain() async throws {
        let bench = Bench()
        var leader = bench.begin("key").leading
        #expect(leader != nil)
        let flight = try #require(bench.begin("key").following)
        let task = Task { try await flight.result() }
        leader = nil
        let error = await #expect(throws: Flight.Failure.self) { try await task.value }
        guard case .abandoned = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bench.begin("key").leading != nil)
    }

    @Test func theFirstOutcomeCounts() async throws {
        let bench = Bench()
        let leader = try #require(bench.begin("key").leading)
        let flight = try #require(bench.begin("key").following)
        leader.fail(Refused())
        leader.complete(draft("too late"))
        await #expect(throws: Flight.Failure.self) { try await flight.result() }
    }

    @Test func aFollowerMayLeaveAlone() async throws {
        let bench = Bench()
        let leader = try #require(bench.begin("key").leading)
        let flight = try #require(bench.begin("key").following)
        let leaving = Task { try await flight.result() }
        let staying = Task { try await flight.result() }
        leaving.cancel()
        let error = await #expect(throws: Flight.Failure.self) { try await leaving.value }
        guard case .cancelled = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        leader.complete(draft("body"))
        #expect(try await staying.value.body.text == "body")
    }

    @Test func aFollowerCancelledBeforeItWaitsLeavesToo() async throws {
        let bench = Bench()
        let leader = try #require(bench.begin("key").leading)
        let flight = try #require(bench.begin("key").following)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await flight.result()
        }
        task.cancel()
        await #expect(throws: Flight.Failure.self) { try await task.value }
        leader.complete(draft("body"))
    }

    @Test func keysDoNotMix() throws {
        let bench = Bench()
        let one = try #require(bench.begin("one").leading)
        let two = try #require(bench.begin("two").leading)
        #expect(bench.begin("one").following === one.flight)
        #expect(bench.begin("two").following === two.flight)
    }

    /// Thousands of tasks over few keys with writes between, some cancelled, some leaders failing. Every task ends, an answer
    /// is never older than the last write that was over before the task asked, and calls of one key do not overlap without
    /// need.
    @Test func manyTasksOnManyThreads() async {
        let cache = Cache(capacity: 1 << 20)
        let versions = (0..<8).map { _ in Version() }
        let calls = Counter()
        let served = Counter()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<4_000 {
                let key = number % 8
                let tag = CacheTag(account: "prod", region: "r\(key)", type: "instance")
                if number % 50 == 49 {
                    group.addTask {
                        cache.invalidate(tag, now: 1)
                        versions[key].begin()
                        cache.invalidate(tag, now: 1)
                        versions[key].publish()
                    }
                    continue
                }
                group.addTask {
                    let least = versions[key].published
                    let task = Task { await ask(cache, key, tag, versions[key], calls, failing: number % 17 == 0) }
                    if number % 23 == 0 { task.cancel() }
                    guard let version = await task.value else { return }
                    #expect(version >= least)
                    served.increment()
                }
            }
        }
        #expect(served.value > 3_000)
        #expect(calls.value < 4_000)
        let statistics = cache.statistics
        #expect(statistics.bytes <= 1 << 20)
        #expect(statistics.invalidations == 160)
    }
}

private final class Counter: Sendable {
    private let count = Atomic(0)
    var value: Int { count.load(ordering: .relaxed) }
    func increment() { count.add(1, ordering: .relaxed) }
}

/// What the cloud would answer for one key: a number that each write raises.
private final class Version: Sendable {
    private let current = Atomic(0)
    private let done = Atomic(0)

    var value: Int { current.load(ordering: .acquiring) }
    /// The newest version whose write is over.
    var published: Int { done.load(ordering: .acquiring) }

    func begin() { current.add(1, ordering: .acquiringAndReleasing) }
    func publish() {
        let value = value
        _ = done.max(value, ordering: .acquiringAndReleasing)
    }
}

/// The version that a task sees, or nil when it was cancelled or its call failed.
private func ask(
    _ cache: Cache, _ key: Int, _ tag: CacheTag, _ version: Version, _ calls: Counter, failing: Bool
) async -> Int? {
    while true {
        let begin = Array("key \(key)".utf8).withView { key in
            // The clock stands still and no lifetime ends, so that only generations make answers out of date.
            cache.begin(CacheRequest(key: key, lifetime: .max, now: 1)) { [tag] }
        }
        switch begin {
        case .hit(let answer): return Int(answer.body.text)
        case .lead(let flight):
            calls.increment()
            let value = version.value
            await Task.yield()
            if Task.isCancelled { return nil }
            if failing {
                flight.fail(CancellationError())
                return nil
            }
            flight.complete(draft("\(value)"))
            return value
        case .follow(let flight, _):
            do throws(Flight.Failure) {
                return Int(try await flight.result().body.text)
            } catch {
                if case .abandoned = error { continue }
                return nil
            }
        case .absent: return nil
        }
    }
}
