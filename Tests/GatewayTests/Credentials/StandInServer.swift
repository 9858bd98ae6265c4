import Bytes
import HTTP

/// A small HTTP service that answers as a test says, such as a metadata service.
final class StandInServer: Sendable {
    struct Asked: Sendable {
        var line: String
        var headers: [String: String]
        var body: String
    }

    private let loop: EventLoop
    private let server: Server

    init(_ answer: @escaping @Sendable (Asked) -> (Int, String)) throws {
        let loop = try EventLoop(name: "stand-in")
        self.loop = loop
        server = Server(
            ServerConfiguration(listeners: [.tcp(host: "127.0.0.1", port: 0, tls: nil)], limits: ServerLimits()), loops: [loop]
        ) { _ in Handler(answer) }
    }

    func start() async throws -> String {
        try loop.start()
        return "\(try await server.start()[0])"
    }

    func stop() async {
        await server.shutdown(grace: .zero)
        loop.stop()
        loop.join()
    }

    private final class Handler: RequestHandler {
        private let answer: @Sendable (Asked) -> (Int, String)

        init(_ answer: @escaping @Sendable (Asked) -> (Int, String)) {
            self.answer = answer
        }

        func admit(_ exchange: Exchange) -> Bool { true }

        func handle(_ exchange: Exchange) {
            var headers: [String: String] = [:]
            for header in exchange.headers { headers[header.name.text.lowercased()] = header.value.text }
            let (status, body) = answer(
                Asked(line: "\(exchange.method.rawValue) \(exchange.target.text)", headers: headers, body: exchange.body.text))
            exchange.respond(status: UInt16(clamping: status), body: body.isEmpty ? .none : .bytes(Array(body.utf8)))
        }

        func refuse(_ exchange: Exchange, _ fault: HeadFault) { exchange.respond(status: fault.status) }

        func completed(_ exchange: Exchange, _ outcome: Outcome) {}
    }
}
