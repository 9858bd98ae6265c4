import Bytes
import Testing

@testable import Simulator

@Suite struct CoreTests {
    @Test func timelinesGoOnByThemselves() {
        let start = SimulatedTime(milliseconds: 1000)
        let timeline = Timeline(from: start, [(state: "a", lasting: 100), (state: "b", lasting: 300)], target: "c")
        let expected: [(Int64, String, Int)] = [
            (0, "a", 0), (1000, "a", 0), (1099, "a", 24), (1100, "b", 25), (1200, "b", 50), (1399, "b", 99), (1400, "c", 100),
            (9999, "c", 100),
        ]
        for (instant, state, progress) in expected {
            let now = SimulatedTime(milliseconds: instant)
            #expect(timeline.state(at: now) == state, "at \(instant)")
            #expect(timeline.progress(at: now) == progress, "at \(instant)")
        }
        #expect(timeline.isSettled(at: SimulatedTime(milliseconds: 1400)))
        #expect(!timeline.isSettled(at: SimulatedTime(milliseconds: 1399)))
        #expect(timeline.target == "c")
    }

    @Test func legsWithoutDurationAreSkipped() {
        let timeline = Timeline(from: SimulatedTime(milliseconds: 0), [(state: "a", lasting: 0)], target: "b")
        #expect(timeline.state(at: SimulatedTime(milliseconds: 0)) == "b")
    }

    @Test func identifiersLookLikeTheClouds() {
        var generator = IdentifierGenerator(seed: 7)
        let id = generator.resource("vsw")
        #expect(id.hasPrefix("vsw-bp1") && id.utf8.count == 24)
        #expect(id.dropFirst(4).utf8.allSatisfy { $0.isASCIIDigit || $0 >= 0x61 && $0 <= 0x7A })
        let request = generator.requestId().split(separator: "-")
        #expect(request.map(\.count) == [8, 4, 4, 4, 12])
        #expect(request.joined().utf8.allSatisfy { $0.hexDigitValue != nil && ($0 < 0x61) })
        #expect(request[2].hasPrefix("4") && "89AB".contains(request[3].prefix(1)))
        var again = IdentifierGenerator(seed: 7)
        #expect(again.resource("vsw") == id)
        #expect(Set((0..<1000).map { _ in generator.resource("i") }).count == 1000)
        #expect(generator.macAddress().split(separator: ":").count == 6)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("172.16.0.0/12", "172.31.255.255", true),
        ("0.0.0.0/0", "255.255.255.255", true), ("1.2.3.4", "1.2.3.4", true), ("1.2.3.4", "1.2.3.5", false),
    ])
    func networksContain(network: String, address: String, isInside: Bool) throws {
        let network = try #require(IPv4Network(network))
        #expect(network.contains(try #require(IPv4Address(address))) == isInside)
    }

    @Test(arguments: ["10.0.0.1/8", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/08", "256.0.0.0/8", "01.0.0.0/8", "10.0.0.0/8/8", ""])
    func malformedNetworks(text: String) {
        #expect(IPv4Network(text) == nil)
    }

    @Test func networksOverlap() throws {
        let wide = try #require(IPv4Network("10.0.0.0/8"))
        let narrow = try #require(IPv4Network("10.1.0.0/16"))
        let other = try #require(IPv4Network("11.0.0.0/16"))
        #expect(wide.overlaps(narrow) && narrow.overlaps(wide) && !wide.overlaps(other))
        #expect(wide.contains(narrow) && !narrow.contains(wide))
        #expect(narrow.addressCount == 65_536 && narrow.address(at: 258)?.text == "10.1.1.2" && narrow.address(at: 65_536) == nil)
    }

    @Test(arguments: [
        ("web-1", "web-1", true), ("web-1", "web", false), ("web-1", "web*", true), ("web-1", "*1", true),
        ("web-1", "*b-*", true), ("web-1", "*", true), ("web-1", "w*x*1", false), ("aba", "ab*ba", false), ("", "*", true),
    ])
    func wildcards(text: String, pattern: String, matches: Bool) {
        #expect(Wildcard.matches(text, pattern) == matches)
    }

    @Test(arguments: [
        ("22/22", true), ("1/65535", true), ("-1/-1", true), ("23/22", false), ("-1/5", false), ("1/65536", false), ("22", false),
    ])
    func portRanges(text: String, isValid: Bool) {
        #expect((PortRange(text) != nil) == isValid)
    }

    @Test func tablesKeepTheirOrder() {
        var table = Table<Int>()
        for (index, id) in ["c", "a", "b"].enumerated() { table[id] = index }
        table["a"] = nil
        table["a"] = 9
        table["none"] = nil
        table["c"]? += 10
        #expect(table.all == [10, 2, 9] && table.newestFirst == [9, 2, 10] && table.count == 3)
    }

    @Test(arguments: [
        ("web-1", true), ("数据库", true), ("a", false), ("1web", false), ("http://a", false), ("with blank", false),
        (String(repeating: "a", count: 128), true), (String(repeating: "a", count: 129), false),
    ])
    func resourceNames(name: String, isValid: Bool) {
        #expect(Naming.isResourceName(name) == isValid)
    }

    @Test(arguments: [
        ("web-1", false, true), ("web.example.com", false, true), ("-web", false, false), ("web-", false, false),
        ("we--b", false, false), ("a..b", false, false), ("web.example", true, false), ("0123456", true, false),
        ("windows-host-01x", true, false), ("win-01", true, true),
    ])
    func hostNames(name: String, windows: Bool, isValid: Bool) {
        #expect(Naming.isHostName(name, windows: windows) == isValid)
    }
}
