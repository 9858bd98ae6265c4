import Bytes
import Synchronization
import Testing

@testable import Gateway

@Suite struct RequestPartsTests {
    private func with<Result>(_ text: String, _ body: (ByteView) -> Result) -> Result {
        Array(text.utf8).withUnsafeBufferPointer(body)
    }

    @Test(arguments: [
        ("abc-123", true), ("a/b+c=d.e_f:g@h", true), ("", false), ("a b", false), ("a\"b", false), ("a\nb", false), ("é", false),
        (String(repeating: "x", count: 128), true), (String(repeating: "x", count: 129), false),
    ])
    func requestIDs(_ text: String, _ isSane: Bool) {
        #expect(with(text, RequestID.isSane) == isSane)
        var generator = RequestIDGenerator()
        var id = RequestID()
        with(text) { id.set(from: $0, &generator) }
        #expect((id.bytes == Array(text.utf8)) == isSane)
        #expect(with(String(decoding: id.bytes, as: UTF8.self), RequestID.isSane))
    }

    @Test func madeRequestIDsDiffer() {
        var generator = RequestIDGenerator()
        var seen: Set<[UInt8]> = []
        for _ in 0..<1000 {
            var id = RequestID()
            id.set(from: nil, &generator)
            #expect(seen.insert(id.bytes).inserted)
        }
    }

    @Test(arguments: [
        ("application/json", true), ("Application/JSON; charset=utf-8", true), ("application/merge-patch+json", true),
        ("text/json", false), ("application/x-www-form-urlencoded", false), ("", false), ("+json", false),
        ("application/jsonp", false),
    ])
    func mediaTypes(_ text: String, _ isJSON: Bool) {
        #expect(with(text) { $0.isJSONMediaType } == isJSON)
    }

    @Test(arguments: [
        ("application/vnd.acs.native+json", true), ("text/html, application/vnd.acs.native+json;q=0.5", true),
        ("application/json", false), ("*/*", false), ("application/vnd.acs.native+jsonx", false),
    ])
    func nativeAnswers(_ text: String, _ isNative: Bool) {
        #expect(with(text) { $0.prefersNativeAnswer } == isNative)
    }

    @Test(
        arguments: [
            ("wait=5", 5), ("respond-async, wait=10", 10), ("wait=0", nil), ("wait=-1", nil), ("wait=abc", nil),
            ("wait=100000", 120),
            ("", nil), ("return=minimal", nil), ("wait=99999999999999999999", nil),
        ] as [(String, Int?)])
    func waitPreference(_ text: String, _ seconds: Int?) {
        #expect(with(text, Preferences.wait) == seconds)
    }

    @Test(arguments: [
        ("\"a\"", true), ("*", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("\"b\"", false), ("a", false), ("", false),
    ])
    func entityTags(_ header: String, _ matches: Bool) {
        #expect(with(header) { header in with("\"a\"") { header.containsEntityTag($0) } } == matches)
    }

    @Test func crossOrigin() {
        let origins = CrossOrigin(origins: ["https://console.example.com"])
        #expect(with("https://console.example.com", origins.allows))
        for other in [
            "https://console.example.com.evil.com", "http://console.example.com", "null", "", "https://CONSOLE.example.com",
        ] {
            #expect(!with(other, origins.allows))
        }
        #expect(with("https://anything", CrossOrigin(origins: ["*"]).allows))
        #expect(!CrossOrigin(origins: []).isEnabled)
    }

    @Test func accessChecks() throws {
        let good = #"{"checks":[{"action":"ecs:StartInstance","resource":"acs:ecs:*:1:instance/i-1"}]}"#
        let checks = try Array(good.utf8).withView { view throws(Problem) in try AccessCheck.read(view, maxDepth: 16) }
        #expect(checks.map(\.action) == ["ecs:StartInstance"])
        for bad in [
            "", "[]", "{}", #"{"checks":[]}"#, #"{"checks":[{"action":"x"}]}"#, #"{"checks":[{"action":"a:b","resource":""}]}"#,
            #"{"checks":[{"action":"a:b","resource":"*"}],"more":1}"#,
        ] {
            #expect(throws: Problem.self) {
                try Array(bad.utf8).withView { view throws(Problem) in try AccessCheck.read(view, maxDepth: 16) }
            }
        }
    }
}

@Suite struct PageTokenTests {
    private let tokens = PageToken()

    @Test(arguments: [
        PageToken.Position(place: .number(2), size: 10), .init(place: .number(7), size: nil),
        .init(place: .token(Array("caeba,0bbb".utf8)), size: 50), .init(place: .token([0, 255]), size: nil),
    ])
    func roundTrips(_ position: PageToken.Position) {
        let scope = Array("list".utf8)
        let token = tokens.seal(position, for: scope)
        #expect(token.withView { tokens.open($0, for: scope) } == position)
        #expect(token.withView { tokens.open($0, for: Array("other".utf8)) } == nil)
        #expect(token.withView { PageToken().open($0, for: scope) } == nil)
        #expect(token.withView(RequestID.isSane))
    }

    @Test(arguments: ["", "abc", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
    func refusesOthers(_ text: String) {
        #expect(Array(text.utf8).withView { tokens.open($0, for: []) } == nil)
    }
}

@Suite struct IdempotencyStoreTests {
    /// A clock that only the test moves.
    private final class Clock: Sendable {
        let time = Mutex<UInt64>(1)
        var now: UInt64 { time.withLock { $0 } }
        func advance(_ nanoseconds: UInt64) { time.withLock { $0 += nanoseconds } }
    }

    private func isFirst(_ beginning: IdempotencyStore.Beginning) -> Bool {
        if case .first = beginning { true } else { false }
    }

    @Test func repeatsTheFirstAnswer() {
        let store = IdempotencyStore()
        #expect(isFirst(store.begin([1], fingerprint: [9])))
        guard case .running = store.begin([1], fingerprint: [9]) else { return #expect(Bool(false)) }
        guard case .mismatch = store.begin([1], fingerprint: [8]) else { return #expect(Bool(false)) }
        #expect(isFirst(store.begin([2], fingerprint: [9])))
        store.finish([1], Answer(status: 202, body: [7]))
        guard case .replay(let answer) = store.begin([1], fingerprint: [9]) else { return #expect(Bool(false)) }
        #expect(answer.status == 202 && answer.body == [7])
        guard case .mismatch = store.begin([1], fingerprint: [8]) else { return #expect(Bool(false)) }
    }

    @Test func forgetsFailuresAndOldAnswers() {
        let clock = Clock()
        let store = IdempotencyStore(lifetime: 100, now: { clock.now })
        #expect(isFirst(store.begin([1], fingerprint: [9])))
        store.forget([1])
        #expect(isFirst(store.begin([1], fingerprint: [8])))
        store.finish([1], Answer(status: 200))
        clock.advance(101)
        #expect(isFirst(store.begin([1], fingerprint: [7])))
    }

    @Test func staysWithinItsBoundsAndKeepsWhatRuns() {
        let store = IdempotencyStore(maxEntries: 10, maxBytes: 100_000)
        #expect(isFirst(store.begin([0], fingerprint: [])))
        for number in 1...100 {
            let key = [UInt8(number)]
            #expect(isFirst(store.begin(key, fingerprint: [])))
            store.finish(key, Answer(status: 200, body: Array(repeating: 0, count: 5000)))
        }
        guard case .running = store.begin([0], fingerprint: []) else { return #expect(Bool(false)) }
        guard case .replay = store.begin([100], fingerprint: []) else { return #expect(Bool(false)) }
        #expect(isFirst(store.begin([1], fingerprint: [])))
    }
}

@Suite struct UncataloguedParametersTests {
    private func read(_ text: String) throws -> [String: String] {
        let wire = try Array(text.utf8).withView { view throws(Problem) in
            try UncataloguedParameters.read(view, maxDepth: 8, most: 3)
        }
        return Dictionary(uniqueKeysWithValues: (0..<wire.count).map { wire[$0] })
    }

    @Test func takesPlainValues() throws {
        #expect(try read("") == [:])
        #expect(
            try read(#"{"RegionId":"cn-hangzhou","Tag.1.Key":5,"DryRun":true}"#)
                == ["RegionId": "cn-hangzhou", "Tag.1.Key": "5", "DryRun": "true"])
    }

    @Test(arguments: [
        "[]", "{", #"{"a":null}"#, #"{"a":[1]}"#, #"{"a b":"x"}"#, #"{"":"x"}"#, #"{".a":"x"}"#, #"{"a.":"x"}"#, #"{"a..b":"x"}"#,
        #"{"Action":"x"}"#, #"{"signature":"x"}"#, #"{"AccessKeyId":"x"}"#, #"{"a":1,"b":2,"c":3,"d":4}"#, #"{"a":1,"a":2}"#,
    ])
    func refuses(_ text: String) {
        #expect(throws: Problem.self) { try read(text) }
    }
}
