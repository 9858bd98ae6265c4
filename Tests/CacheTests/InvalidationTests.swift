import Testing

@testable import Cache

/// Writes and the answers they make out of date.
@Suite struct InvalidationTests {
    private func tag(_ region: String = "cn-hangzhou", _ type: String = "instance", account: String = "prod") -> CacheTag {
        CacheTag(account: account, region: region, type: type)
    }

    /// What a write to `write` must do to an answer tagged `read`, as the rules say.
    @Test(arguments: [
        ("cn-hangzhou", "instance", "cn-hangzhou", "instance", true),
        ("cn-hangzhou", "instance", "cn-hangzhou", "disk", false),
        ("cn-hangzhou", "instance", "cn-beijing", "instance", false),
        ("*", "instance", "cn-beijing", "instance", true),
        ("*", "instance", "cn-beijing", "disk", false),
        ("cn-hangzhou", "*", "cn-hangzhou", "disk", true),
        ("cn-hangzhou", "*", "cn-beijing", "disk", false),
        ("*", "*", "cn-beijing", "disk", true),
        ("cn-hangzhou", "instance", "*", "instance", true),
        ("cn-hangzhou", "*", "*", "instance", true),
        ("*", "instance", "*", "instance", true),
        ("cn-hangzhou", "disk", "*", "instance", false),
    ])
    func writesTouch(_ region: String, _ type: String, _ readRegion: String, _ readType: String, _ isTouched: Bool) {
        for capacity in [100, 4] {
            // A table that is full may throw away more, never less.
            let table = TagTable(capacity: capacity)
            for number in 0..<3 { _ = table.snapshot([tag("filler-\(number)")]) }
            let snapshot = table.snapshot([tag("unrelated", "unrelated"), tag(readRegion, readType)])
            let foreign = table.snapshot([tag(readRegion, readType, account: "test")])
            table.raise(tag(region, type), now: 5)
            if isTouched { #expect(!table.isCurrent(snapshot)) }
            if !isTouched, capacity == 100 { #expect(table.isCurrent(snapshot)) }
            if capacity == 100 { #expect(table.isCurrent(foreign)) }
        }
    }

    @Test func aWriteDropsWhatItTouchesAndNothingElse() {
        let bench = Bench()
        bench.store("instances", "a", tags: [tag()])
        bench.store("disks", "b", tags: [tag("cn-hangzhou", "disk")])
        bench.store("both", "c", tags: [tag("cn-hangzhou", "disk"), tag()])
        bench.cache.invalidate(tag(), now: bench.now)
        #expect(bench.begin("instances").reason == .stale)
        #expect(bench.hit("disks") == "b")
        #expect(bench.hit("both") == nil)
    }

    @Test func anAnswerAskedForBeforeAWriteIsNotServedAfterIt() throws {
        let bench = Bench()
        let flight = try #require(bench.begin("key").leading)
        bench.cache.invalidate(Bench.tag, now: bench.now)
        let (answer, isStored) = flight.complete(draft("from before"))
        #expect(!isStored && answer.body.text == "from before", "who asked before the write gets it all the same")
        #expect(bench.begin("key").reason == .miss)
    }

    @Test func whoAsksAfterAWriteDoesNotJoinAFlightFromBefore() throws {
        let bench = Bench()
        let before = try #require(bench.begin("key").leading)
        bench.cache.invalidate(Bench.tag, now: bench.now)
        let after = try #require(bench.begin("key").leading)
        #expect(bench.begin("key").following === after.flight)
        #expect(after.complete(draft("after")).isStored)
        #expect(!before.complete(draft("before")).isStored)
        #expect(bench.hit("key") == "after")
    }

    @Test func aFlightThatEndsLeavesAYoungerOneAlone() throws {
        let bench = Bench()
        var before = bench.begin("key").leading
        bench.cache.invalidate(Bench.tag, now: bench.now)
        let after = try #require(bench.begin("key").leading)
        #expect(before != nil)
        before = nil
        #expect(bench.begin("key").following === after.flight)
    }

    // MARK: Settling

    @Test func answersAreShortLivedWhileAWriteSettles() throws {
        let bench = Bench()
        bench.cache.invalidate(Bench.tag, now: bench.now)
        bench.now += 59 * second
        bench.store("key", "pending")
        #expect(bench.begin("key").answer?.lifetime == second)
        bench.now += second
        #expect(bench.hit("key") == nil)
        bench.store("key", "running")
        #expect(bench.begin("key").answer?.lifetime == 10 * second, "60 s after the write")
    }

    @Test func aShorterClassIsNotMadeLonger() {
        let bench = Bench()
        bench.cache.invalidate(Bench.tag, now: bench.now)
        bench.store("key", "body", lifetime: second / 2)
        #expect(bench.begin("key").answer?.lifetime == second / 2)
    }

    @Test func settlingCoversRegionsAskedForOnlyLater() {
        let bench = Bench()
        bench.cache.invalidate(tag("cn-shanghai"), now: bench.now)
        bench.store("key", "body", tags: [tag("cn-shanghai")])
        #expect(bench.begin("key").answer?.lifetime == second)
        bench.store("all", "body", tags: [tag("*")])
        #expect(bench.begin("all").answer?.lifetime == second)
        bench.store("disks", "body", tags: [tag("cn-shanghai", "disk")])
        #expect(bench.begin("disks").answer?.lifetime == 10 * second)
    }

    // MARK: Many regions

    @Test func callersCannotFillTheTable() {
        let table = TagTable(capacity: 64)
        let regions = (0..<1000).map { tag("region-\($0)") }
        let snapshots = regions.map { table.snapshot([$0]) }
        #expect(Set(snapshots.map { $0.elements[0].index }).allSatisfy { $0 < 64 })
        for (number, region) in regions.enumerated() {
            table.raise(region, now: 1)
            #expect(!table.isCurrent(snapshots[number]))
        }
    }

    @Test(arguments: 0..<10) func neverLessThanTheRules(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let regions = ["*", "a", "b", "c", "d", "e", "f"]
        let types = ["*", "instance", "disk", "image"]
        let table = TagTable(capacity: seed % 2 == 0 ? 12 : 1000)
        var reads: [(tag: CacheTag, snapshot: TagSnapshot)] = []
        for _ in 0..<500 {
            if Bool.random(using: &random) {
                let read = tag(regions.randomElement(using: &random) ?? "", types.dropFirst().randomElement(using: &random) ?? "")
                reads.append((read, table.snapshot([read])))
            } else {
                let write = tag(regions.randomElement(using: &random) ?? "", types.randomElement(using: &random) ?? "")
                table.raise(write, now: 1)
                for read in reads where write.touches(read.tag) { #expect(!table.isCurrent(read.snapshot)) }
                if seed % 2 == 1 {
                    let untouched = reads.filter { !write.touches($0.tag) && table.isCurrent($0.snapshot) }
                    reads = untouched
                } else {
                    reads = []
                }
            }
        }
    }
}
