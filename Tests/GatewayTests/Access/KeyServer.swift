import Bytes
import HTTP
import Synchronization

/// An issuer's server of keys on a free port of this machine.
final class KeyServer: Sendable {
    struct Answer: Sendable {
        var status: UInt16 = 200
        var body = ""
    }

    private let state: Mutex<(answer: Answer, count: Int)>
    private let server: Server
    private let loop: EventLoop

    var answer: Answer {
        get { state.withLock { $0.answer } }
        set { state.withLock { $0.answer = newValue } }
    }

    /// How often it was asked.
    var count: Int { state.withLock { $0.count } }

    private final class Handler: RequestHandler {
        unowned let owner: KeyServer
        init(_ owner: KeyServer) { self.owner = owner }
        func admit(_ exchange: Exchange) -> Bool { true }
        func handle(_ exchange: Exchange) {
            let answer = owner.state.withLock { state in
                state.count += 1
                return state.answer
            }
            exchange.respond(status: answer.status, body: .bytes(Array(answer.body.utf8)))
        }
        func refuse(_ exchange: Exchange, _ fault: HeadFault) { exchange.respond(status: fault.status) }
        func completed(_ exchange: Exchange, _ outcome: Outcome) {}
    }

    private final class Owner: Sendable {
        let server = Mutex<KeyServer?>(nil)
    }

    private init(_ answer: Answer) throws {
        state = Mutex((answer, 0))
        loop = try EventLoop(name: "keys")
        try loop.start()
        let owner = Owner()
        let configuration = ServerConfiguration(listeners: [.tcp(host: "127.0.0.1", port: 0, tls: nil)])
        server = Server(configuration, loops: [loop]) { _ in
            guard let server = owner.server.withLock({ $0 }) else { fatalError("not yet") }
            return Handler(server)
        }
        owner.server.withLock { $0 = self }
    }

    /// Serves `answer` at first, while `body` runs with the server and its URL.
    static func run(_ answer: Answer, _ body: (KeyServer, String) async throws -> Void) async throws {
        let keys = try KeyServer(answer)
        let addresses = try await keys.server.start()
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(keys, "\(addresses[0])/keys"))
        } catch {
            result = .failure(error)
        }
        await keys.server.shutdown(grace: .zero)
        keys.loop.stop()
        keys.loop.join()
        try result.get()
    }
}
