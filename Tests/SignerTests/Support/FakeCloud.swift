import Bytes
import Synchronization

@testable import Signer

/// A clock that tests set, in nanoseconds since 1970.
final class FakeClock: Sendable {
    private let time = Mutex<UInt64>(1_767_323_045_000_000_000)  // 2026-01-02T03:04:05Z

    var now: UInt64 { time.withLock { $0 } }
    var timestamp: Timestamp { Timestamp(wallNanoseconds: now) }

    func advance(_ seconds: Double) { time.withLock { $0 += UInt64(seconds * 1e9) } }

    /// The instant some seconds from now.
    func after(_ seconds: Int64) -> Timestamp { Timestamp(secondsSinceEpoch: timestamp.secondsSinceEpoch + seconds) }
}

/// Services of the cloud as sources of keys see them: answers by a closure, and remembers what was asked.
final class FakeTransport: CredentialTransport {
    struct Asked: Sendable {
        var line: String
        var headers: [String]
        var form: String
        var route: CredentialRequest.Route
    }

    typealias Reply = @Sendable (Asked) -> (status: Int, body: String)?

    private let reply: Mutex<Reply>
    private let log = Mutex<[Asked]>([])
    private let date = Mutex<String?>(nil)

    init(_ reply: @escaping Reply = { _ in nil }) {
        self.reply = Mutex(reply)
    }

    var asked: [Asked] { log.withLock { $0 } }

    func answer(_ new: @escaping Reply) { reply.withLock { $0 = new } }

    /// The `Date` of answers from now on.
    func setDate(_ text: String?) { date.withLock { $0 = text } }

    /// Nil from the closure is no answer at all.
    func send(_ request: CredentialRequest) async throws(CredentialTransportError) -> CredentialAnswer {
        let asked = Asked(
            line: "\(request.method) \(String(decoding: request.url, as: UTF8.self))",
            headers: request.headers.map { "\($0.name): \(String(decoding: $0.value, as: UTF8.self))" },
            form: request.form?.withView { $0.text } ?? "", route: request.route)
        log.withLock { $0.append(asked) }
        guard let (status, text) = reply.withLock({ $0 })(asked) else { throw CredentialTransportError("no connection") }
        let body = Array(text.utf8).withView { LockedBytes(copying: $0) }
        return CredentialAnswer(status: status, body: body, date: date.withLock { $0.map { Array($0.utf8) } })
    }
}

/// A world of its own for sources under test.
struct FakeWorld {
    let clock = FakeClock()
    let transport = FakeTransport()
    var variables: [String: String] = [:]

    var context: CredentialContext {
        CredentialContext(
            transport: transport, signer: RPCSigner(.sha1), securityTokenService: .test("https://sts.aliyuncs.com"),
            clock: { [clock] in clock.now }, variable: { [variables] in variables[$0] })
    }

    /// The key that a plan gives.
    func load(_ plan: CredentialPlan) async throws -> Credentials { try await plan.source(context).load() }

    /// Why a plan gives no key.
    func fault(_ plan: CredentialPlan) async -> String {
        do {
            _ = try await load(plan)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    /// What STS and its kin answer.
    func key(_ id: String = "STS.id", _ secret: String = "sts-secret", token: String = "sts-token", in seconds: Int64 = 3600)
        -> String
    {
        """
        {"AccessKeyId": "\(id)", "AccessKeySecret": "\(secret)", "SecurityToken": "\(token)", "Expiration": "\(clock.after(seconds))"}
        """
    }
}

/// A source that gives what the test puts in.
final class FakeSource: CredentialSource {
    struct State {
        var result: Result<Credentials, CredentialError>
        var loads = 0
        var isOutdated = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isHeld = false
    }

    let state: Mutex<State>

    init(_ result: Result<Credentials, CredentialError>) {
        state = Mutex(State(result: result))
    }

    var name: String { "fake" }
    var isLocal: Bool { false }
    var isOutdated: Bool { state.withLock(\.isOutdated) }
    var loads: Int { state.withLock(\.loads) }

    func set(_ result: Result<Credentials, CredentialError>) { state.withLock { $0.result = result } }

    /// From now on loads wait until ``release()``.
    func hold() { state.withLock { $0.isHeld = true } }

    func release() {
        let waiting = state.withLock { state in
            state.isHeld = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiting in waiting { waiting.resume() }
    }

    func load() async throws(CredentialError) -> Credentials {
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                state.loads += 1
                state.isOutdated = false
                if state.isHeld { state.waiting.append(continuation) }
                return !state.isHeld
            }
            if goesOn { continuation.resume() }
        }
        return try state.withLock(\.result).get()
    }
}

/// Whether `key` signs as one with `secret` does.
func signsLike(_ key: AccessKey, _ secret: String) -> Bool {
    let message = Array("message".utf8)
    let expected = AccessKey("any", secret)
    return message.withView { text in
        expected.authenticationCode(of: text, .hmacSHA1).withBytes { key.authenticationCode(of: text, .hmacSHA1).equals($0) }
    }
}
