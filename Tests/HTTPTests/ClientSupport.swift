import Bytes
import Foundation
import Synchronization

@testable import HTTP

/// A server that does exactly what a test tells it, wrong things above all: blocking sockets, one thread a connection.
final class FaultServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let accepted = Counter()

    /// Connections accepted so far.
    var connectionCount: Int { accepted.value }

    /// Calls `serve` for each connection on a thread of its own, with the connection's number from 1; it is closed after.
    init(backlog: Int32 = 128, accepting: Bool = true, _ serve: @escaping @Sendable (FaultPeer, Int) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, backlog) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard bound else { throw SystemError("listen") }
        port = UInt16(bigEndian: address.sin_port)
        guard accepting else { return }
        Thread.detachNewThread { [accepted] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                let number = accepted.increment()
                Thread.detachNewThread {
                    let peer = FaultPeer(descriptor)
                    serve(peer, number)
                    peer.close()
                }
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    func url(_ target: String = "/") -> [UInt8] { Array("http://127.0.0.1:\(port)\(target)".utf8) }
}

/// The server's side of a connection.
final class FaultPeer: Sendable {
    private let descriptor: Int32
    private let isClosed = Atomic(false)

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Head and body (by Content-Length) of the next request, or nil when the client closed.
    func readRequest() -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.ends(with: "\r\n\r\n".utf8) {
            guard recv(descriptor, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        let head = String(decoding: bytes, as: UTF8.self)
        let length =
            head.lowercased().split(separator: "content-length: ").dropFirst().first
            .flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        for _ in 0..<length {
            guard recv(descriptor, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// False when the client is gone.
    @discardableResult
    func write(_ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return false }
            bytes = bytes.dropFirst(sent)
        }
        return true
    }

    /// A complete answer of status 200.
    func answer(_ body: String, headers: String = "") {
        write("HTTP/1.1 200 OK\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Waits until the client closes, or `milliseconds` have passed. Whether it closed.
    @discardableResult
    func waitForClose(milliseconds: Int32 = 10_000) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, milliseconds) > 0 else { return false }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) <= 0
    }

    /// Closes with a reset instead of an orderly end.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        close()
    }

    func close() {
        if !isClosed.exchange(true, ordering: .relaxed) { Glibc.close(descriptor) }
    }
}

/// A number that several threads count up, and that tests wait for.
final class Counter: Sendable {
    private let state = Mutex<(count: Int, waiting: [(Int, CheckedContinuation<Void, Never>)])>((0, []))

    var value: Int { state.withLock { $0.count } }

    @discardableResult
    func increment() -> Int {
        let (count, due) = state.withLock { state in
            state.count += 1
            let count = state.count
            let due = state.waiting.filter { $0.0 <= count }
            state.waiting.removeAll { $0.0 <= count }
            return (count, due)
        }
        for (_, continuation) in due { continuation.resume() }
        return count
    }

    func reached(_ goal: Int) async {
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                if state.count < goal { state.waiting.append((goal, continuation)) }
                return state.count >= goal
            }
            if isDue { continuation.resume() }
        }
    }
}

/// Lines noted by several threads.
final class Log: Sendable {
    private let lines = Mutex<[String]>([])
    func note(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
}

/// Runs `body` with a client on a loop of its own.
func withClient<Value: Sendable>(
    _ configuration: ClientConfiguration = .direct, _ body: (Client) async throws -> Value
) async throws -> Value {
    let loop = try EventLoop(name: "client")
    let client = try Client(loop: loop, configuration: configuration)
    try loop.start()
    defer {
        loop.stop()
        loop.join()
    }
    return try await body(client)
}

extension ClientConfiguration {
    /// Regardless of the environment that the tests run in.
    static var direct: ClientConfiguration {
        var configuration = ClientConfiguration()
        configuration.proxy = .none
        return configuration
    }
}

extension Client {
    func get(_ url: [UInt8], _ change: (inout UpstreamRequest) -> Void = { _ in }) async -> Result<
        UpstreamResponse, UpstreamError
    > {
        var request = UpstreamRequest(.get, url: url, isRead: true)
        change(&request)
        return await outcome(request)
    }

    func outcome(_ request: UpstreamRequest) async -> Result<UpstreamResponse, UpstreamError> {
        do throws(UpstreamError) { return .success(try await send(request)) } catch { return .failure(error) }
    }

    /// The counters as the loop sees them.
    func counters() async -> ClientStatistics {
        await withCheckedContinuation { done in
            loop.submit { done.resume(returning: self.statistics) }
        }
    }
}

extension Result<UpstreamResponse, UpstreamError> {
    var text: String? { (try? get()).map { String(decoding: $0.body, as: UTF8.self) } }

    var error: UpstreamError? {
        if case .failure(let error) = self { error } else { nil }
    }
}

extension [UInt8] {
    fileprivate func ends(with suffix: String.UTF8View) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
    }
}
