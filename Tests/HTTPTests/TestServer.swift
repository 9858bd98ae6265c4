import Bytes
import Glibc
import Synchronization
import Testing

@testable import HTTP

/// A server on a free port of 127.0.0.1 whose handler does what a few paths say and writes down what it saw.
struct TestServer {
    let server: Server
    let loops: [EventLoop]
    let addresses: [BoundAddress]
    let record: Record

    final class Record: Sendable {
        let handled = Mutex<[String]>([])
        let faults = Mutex<[HeadFault]>([])
        let outcomes = Mutex<[Outcome]>([])
        let peers = Mutex<[HTTP.Peer]>([])
        let cancelled = Mutex(0)
        let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

        func releaseWaiting() {
            let waiters = waiting.withLock { waiters in
                defer { waiters = [] }
                return waiters
            }
            for waiter in waiters { waiter.resume() }
        }
    }

    var port: UInt16 {
        for case .tcp(_, let port, _) in addresses { return port }
        return 0
    }

    /// Starts a server, runs `body` and shuts the server down.
    @discardableResult
    static func run<Value>(
        limits: ServerLimits = ServerLimits(), listeners: [ServerConfiguration.Listener]? = nil, loops count: Int = 1,
        _ body: (TestServer) async throws -> Value
    ) async throws -> Value {
        let loops = try (0..<count).map { try EventLoop(name: "server-\($0)") }
        for loop in loops { try loop.start() }
        let record = Record()
        let configuration = ServerConfiguration(
            listeners: listeners ?? [.tcp(host: "127.0.0.1", port: 0, tls: nil)], limits: limits)
        let server = Server(configuration, loops: loops) { _ in TestHandler(record) }
        let result: Result<Value, any Error>
        do {
            let addresses = try await server.start()
            result = .success(
                try await body(TestServer(server: server, loops: loops, addresses: addresses, record: record)))
        } catch {
            result = .failure(error)
        }
        await server.shutdown(grace: .zero)
        for loop in loops { loop.stop() }
        for loop in loops { loop.join() }
        return try result.get()
    }

    func client() throws -> SocketClient { try SocketClient(port: port) }
}

final class TestHandler: RequestHandler {
    static let largeCount = 8 << 20
    private let record: TestServer.Record
    private lazy var large = LargeBody()
    private var client: Client?

    final class LargeBody {
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: TestHandler.largeCount)
        init() { bytes.initialize(repeating: UInt8(ascii: "x")) }
        deinit { bytes.deallocate() }
    }

    init(_ record: TestServer.Record) {
        self.record = record
    }

    func admit(_ exchange: Exchange) -> Bool {
        guard exchange.path.equals("/forbidden") else { return true }
        exchange.respond(status: 401, body: .static("no"))
        return false
    }

    func handle(_ exchange: Exchange) {
        record.handled.withLock { $0.append(exchange.target.text) }
        record.peers.withLock { $0.append(exchange.peer) }
        switch exchange.path.text {
        case "/echo": exchange.respond(status: 200, body: .bytes(Array(exchange.body)))
        case "/query": exchange.respond(status: 200, body: .bytes(Array(exchange.query)))
        case "/agent": exchange.respond(status: 200, body: .bytes(Array(exchange.header(.userAgent) ?? .empty)))
        case "/headers":
            exchange.respond(status: 200, body: .static("h")) { writer in
                writer.add("X-Number", decimal: -120)
                writer.add("X-Unsafe", string: "a\r\nInjected: b")
                writer.add("X-Request-Id", bytes: exchange.header(named: "x-request-id") ?? .empty)
            }
        case "/huge-headers":
            exchange.respond(status: 200) { $0.add("X-Long", string: String(repeating: "x", count: 16_384)) }
        case "/certificate":
            let text =
                switch exchange.clientCertificate {
                case .none: "none"
                case .refused(let reason): "refused: \(reason)"
                case .accepted(let names):
                    ([names.subject, names.commonName ?? "-"] + names.dns + names.emails + names.uris).joined(separator: " ")
                }
            exchange.respond(status: 200, body: .bytes(Array(text.utf8)))
        case "/empty": exchange.respond(status: 204)
        case "/unchanged": exchange.respond(status: 304, body: .static("12345"))
        case "/large": exchange.respond(status: 200, body: .shared(owner: large, ByteView(large.bytes)))
        case "/silent": break
        case "/later":
            exchange.perform { exchange in
                await Task.yield()
                exchange.respond(status: 200, body: .bytes(Array(exchange.query)))
            }
        case "/forward", "/forward-twice": forward(exchange, again: exchange.path.count > 8)
        case "/silent-later": exchange.perform { _ in await Task.yield() }
        case "/stuck":
            let record = record
            exchange.perform { exchange in
                await withTaskCancellationHandler {
                    await withCheckedContinuation { continuation in
                        record.waiting.withLock { $0.append(continuation) }
                    }
                } onCancel: {
                    record.cancelled.withLock { $0 += 1 }
                    record.releaseWaiting()
                }
                exchange.respond(status: 200, body: .static("released"))
            }
        default: exchange.respond(status: 200, body: .static("ok"))
        }
    }

    /// Passes on what the server at the port in the query answers, asked once more by a task when `again`.
    private func forward(_ exchange: Exchange, again: Bool) {
        guard let client = client ?? (try? Client(loop: exchange.loop, configuration: .direct)) else { return }
        self.client = client
        let request = UpstreamRequest(.get, url: Array("http://127.0.0.1:\(exchange.query.text)/".utf8), isRead: true)
        exchange.forward(request, through: client) { [record] exchange, outcome in
            if outcome.error?.kind == .cancelled { record.cancelled.withLock { $0 += 1 } }
            guard again else {
                return exchange.respond(status: outcome.error == nil ? 200 : 502, body: .bytes(Array((outcome.text ?? "").utf8)))
            }
            exchange.perform { exchange in
                let second = await client.outcome(request)
                exchange.respond(status: 200, body: .bytes(Array("\(outcome.text ?? "") \(second.text ?? "")".utf8)))
            }
        }
    }

    func refuse(_ exchange: Exchange, _ fault: HeadFault) {
        record.faults.withLock { $0.append(fault) }
        exchange.respond(status: fault.status, body: .static(fault.detail)) { writer in
            if let agent = exchange.header(.userAgent) { writer.add("X-Agent", bytes: agent) }
        }
    }

    func completed(_ exchange: Exchange, _ outcome: Outcome) {
        record.outcomes.withLock { $0.append(outcome) }
    }
}
