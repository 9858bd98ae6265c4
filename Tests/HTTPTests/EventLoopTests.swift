import Bytes
import Glibc
import Testing

@testable import HTTP

/// Runs `body` on a loop of its own and waits for what it resumes with.
func withLoop<Value: Sendable>(
    _ body: @escaping @Sendable (EventLoop, CheckedContinuation<Value, Never>) -> Void
) async throws -> Value {
    let loop = try EventLoop(name: "test")
    try loop.start()
    let value = await withCheckedContinuation { continuation in
        loop.submit { body(loop, continuation) }
    }
    loop.stop()
    loop.join()
    return value
}

/// A box for state that one loop alone touches.
final class Confined<Value>: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
}

@Suite struct EventLoopTests {
    @Test func callsRunInOrderAndThoseSubmittedMeanwhileInTheSameTurn() async throws {
        let order = try await withLoop { loop, done in
            let seen = Confined<[Int]>([])
            loop.submit {
                seen.value.append(1)
                loop.submit { seen.value.append(3) }
                loop.submit { done.resume(returning: seen.value) }
            }
            loop.submit { seen.value.append(2) }
        }
        #expect(order == [1, 2, 3])
    }

    @Test func hooksRunAfterTheJobsOfTheTurn() async throws {
        let order = try await withLoop { loop, done in
            let seen = Confined<[String]>([])
            loop.atEndOfTurn {
                seen.value.append("hook")
                if seen.value.count == 3 { done.resume(returning: seen.value) }
            }
            loop.submit { seen.value.append("job") }
            loop.submit { seen.value.append("job") }
        }
        #expect(order == ["job", "job", "hook"])
    }

    @Test func endlessJobsDoNotStarveTimers() async throws {
        let fired = try await withLoop { loop, done in
            let isOver = Confined(false)
            @Sendable func again() {
                if !isOver.value { loop.submit(again) }
            }
            again()
            _ = loop.schedule(at: loop.now + 1_000_000) {
                isOver.value = true
                done.resume(returning: true)
            }
        }
        #expect(fired)
    }

    @Test func aTimerThatSchedulesItselfDoesNotStarveOthers() async throws {
        let count: Int = try await withLoop { loop, done in
            let count = Confined(0)
            @Sendable func again() {
                count.value += 1
                if count.value < 100 {
                    _ = loop.schedule(at: 0, again)
                    // Runs in the same turn, so before the timer comes again.
                    let expected = count.value
                    loop.submit { if count.value != expected { done.resume(returning: -1) } }
                } else {
                    done.resume(returning: count.value)
                }
            }
            _ = loop.schedule(at: 0, again)
        }
        #expect(count == 100)
    }

    @Test func timersFireByDeadlineAndNotBefore() async throws {
        let (order, early) = try await withLoop { loop, done in
            let seen = Confined<[Int]>([])
            let early = Confined(0)
            let start = loop.now
            for (index, delay) in [3, 1, 2, 1].enumerated() {
                let deadline = start + UInt64(delay) * 1_000_000
                _ = loop.schedule(at: deadline) {
                    if loop.now < deadline { early.value += 1 }
                    seen.value.append(index)
                    if seen.value.count == 4 { done.resume(returning: (seen.value, early.value)) }
                }
            }
        }
        #expect(order == [1, 3, 2, 0])
        #expect(early == 0)
    }

    @Test func cancelledTimersNeverFire() async throws {
        let fired = try await withLoop { loop, done in
            let fired = Confined(false)
            let token = loop.schedule(at: loop.now + 1_000_000) { fired.value = true }
            loop.cancel(token)
            _ = loop.schedule(at: loop.now + 2_000_000) { done.resume(returning: fired.value) }
        }
        #expect(!fired)
    }

    @Test func descriptorsAreWatchedUntilCancelled() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (reader, writer) = (ends[0], ends[1])
        defer {
            close(reader)
            close(writer)
        }
        let count = try await withLoop { loop, done in
            let count = Confined(0)
            let watch = Confined<Watch?>(nil)
            watch.value = try? loop.watch(reader, .readable) { interest in
                count.value += interest.contains(.readable) ? 1 : 100
                // The byte stays unread: level-triggered, the handler comes again until the watch ends.
                if count.value == 2 {
                    watch.value?.cancel()
                    _ = loop.schedule(at: loop.now + 2_000_000) { done.resume(returning: count.value) }
                }
            }
            _ = write(writer, "x", 1)
        }
        #expect(count == 2)
    }

    @Test func aWatchCancelledByAnotherHandlerOfTheTurnIsNotCalled() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (first, second, writer) = (ends[0], dup(ends[0]), ends[1])
        defer { for end in [first, second, writer] { close(end) } }
        let calls = try await withLoop { loop, done in
            let calls = Confined(0)
            let watches = Confined<[Watch]>([])
            for descriptor in [first, second] {
                let watch = try? loop.watch(descriptor, .readable) { _ in
                    calls.value += 1
                    for watch in watches.value { watch.cancel() }
                    _ = loop.schedule(at: loop.now + 1_000_000) { done.resume(returning: calls.value) }
                }
                if let watch { watches.value.append(watch) }
            }
            _ = write(writer, "x", 1)
        }
        #expect(calls == 1)
    }

    @Test func tasksStayOnTheLoop() async throws {
        let loop = try EventLoop(name: "tasks")
        try loop.start()
        let violations = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<64 {
                group.addTask(executorPreference: loop) {
                    var violations = 0
                    for _ in 0..<50 {
                        if !loop.isCurrent { violations += 1 }
                        await Task.yield()
                    }
                    return violations
                }
            }
            return await group.reduce(0, +)
        }
        #expect(violations == 0)
        loop.stop()
        loop.join()
    }

    @Test func everyThreadsCallsArriveOnceAndInItsOrder() async throws {
        let loop = try EventLoop(name: "stress")
        try loop.start()
        let (threads, calls) = (8, 5000)
        let last = Confined([Int](repeating: -1, count: threads))
        let disorder = Confined(0)
        await withTaskGroup(of: Void.self) { group in
            for thread in 0..<threads {
                group.addTask {
                    for call in 0..<calls {
                        loop.submit {
                            if last.value[thread] != call - 1 { disorder.value += 1 }
                            last.value[thread] = call
                        }
                    }
                }
            }
        }
        loop.stop()
        loop.join()
        #expect(disorder.value == 0)
        #expect(last.value == [Int](repeating: calls - 1, count: threads))
    }

    @Test func stopRunsWhatIsReadyAndReleasesWhatWasCaptured() throws {
        final class Probe: Sendable {}
        weak var probe: Probe?
        let ran = Confined(false)
        do {
            let loop = try EventLoop(name: "stop")
            let captured = Probe()
            probe = captured
            _ = loop.schedule(at: .max) { _ = captured }
            loop.atEndOfTurn { _ = loop }
            loop.submit { ran.value = true }
            try loop.start()
            loop.stop()
            loop.stop()
            loop.join()
        }
        #expect(ran.value)
        #expect(probe == nil)
    }
}

@Suite struct TimerHeapTests {
    /// Random schedules and cancellations against a list that is sorted anew each time.
    @Test(arguments: 0..<20) func agreesWithASortedList(seed: UInt64) {
        var random = SplitMix64(state: seed)
        var heap = TimerHeap()
        var model: [(deadline: UInt64, id: Int, token: TimerToken)] = []
        let fired = Confined<[Int]>([])
        var expected: [Int] = []
        for id in 0..<2000 {
            switch random.next() % 4 {
            case 0, 1:
                let deadline = random.next() % 100
                model.append((deadline, id, heap.schedule(at: deadline) { fired.value.append(id) }))
            case 2:
                guard !model.isEmpty else { continue }
                let index = Int(random.next() % UInt64(model.count))
                heap.cancel(model[index].token)
                heap.cancel(model[index].token)
                model.remove(at: index)
            default:
                let now = random.next() % 100
                while let body = heap.popDue(at: now) { body() }
                let due = model.filter { $0.deadline <= now }
                expected += due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }.map(\.id)
                model.removeAll { $0.deadline <= now }
            }
            #expect(heap.count == model.count)
            #expect(heap.nextDeadline() == model.map(\.deadline).min())
        }
        #expect(fired.value == expected)
    }

    @Test func cancelledTimersTakeNoRoom() {
        var heap = TimerHeap()
        _ = heap.schedule(at: 1) {}
        for step in 0..<100_000 { heap.cancel(heap.schedule(at: UInt64(1000 + step)) {}) }
        #expect(heap.count == 1)
        #expect(heap.entryCount <= 66)
    }
}

/// A small deterministic generator for tests.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
