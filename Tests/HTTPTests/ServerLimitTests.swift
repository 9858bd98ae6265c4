import CSystem
import Glibc
import Synchronization
import Testing

@testable import HTTP

@Suite struct ServerLimitTests {
    private static func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        change(&limits)
        return limits
    }

    /// The answer to `request` and whether the connection was closed after it.
    private static func answer(_ request: String, _ server: TestServer) async throws -> Int? {
        let client = try server.client()
        client.send(request)
        return await client.receiveAll().flatMap(SocketClient.status)
    }

    @Test func heads() async throws {
        try await TestServer.run(limits: Self.limits { $0.headerCount = 10 }) { server in
            func get(target: Int = 1, header: Int = 0, count: Int = 0) -> String {
                "GET /" + String(repeating: "a", count: target - 1) + " HTTP/1.1\r\nHost: a\r\n"
                    + (header > 0 ? "X: " + String(repeating: "b", count: header) + "\r\n" : "")
                    + String(repeating: "Y: c\r\n", count: count) + "Connection: close\r\n\r\n"
            }
            try await #expect(Self.answer(get(target: 4096), server) == 200)
            try await #expect(Self.answer(get(target: 4097), server) == 414)
            try await #expect(Self.answer(get(target: 20_000), server) == 414)
            try await #expect(Self.answer(get(header: 8100), server) == 200)
            try await #expect(Self.answer(get(header: 8192), server) == 431)
            try await #expect(Self.answer(get(header: 20_000), server) == 431)
            try await #expect(Self.answer(get(count: 8), server) == 200)
            try await #expect(Self.answer(get(count: 9), server) == 431)
            try await #expect(Self.answer(get(count: 1000), server) == 431)
        }
    }

    /// Up to where libmicrohttpd itself has no more memory for the head, and from there on.
    @Test func headsOfEverySizeBeyondTheLimitAreRefused() async throws {
        try await TestServer.run { server in
            for size in stride(from: 8193, through: 11_500, by: 61) {
                let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
                let head = start + String(repeating: "x", count: size - start.utf8.count - 4) + "\r\n\r\n"
                // Where the head leaves no memory for that of the response, the connection just closes.
                let expected = (11_000..<11_264).contains(size) ? [431, nil] : [431]
                try await #expect(expected.contains(Self.answer(head, server)), "\(size) bytes")
            }
            #expect(server.record.handled.withLock { $0 } == [])
        }
    }

    /// A handler's `refuse` must not see headers of the request before.
    @Test func aRefusedHeadHasNoHeadersOfAnother() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send("GET /agent HTTP/1.1\r\nHost: a\r\nUser-Agent: first\r\n\r\n")
            #expect(await client.receiveResponse()?.hasSuffix("first") == true)
            client.send("GET /\(String(repeating: "a", count: 5000)) HTTP/1.1\r\nHost: a\r\nX: secret\r\n\r\n")
            let answer = try #require(await client.receiveAll())
            #expect(SocketClient.status(of: answer) == 414)
            #expect(SocketClient.header("X-Agent", of: answer) == nil)
        }
    }

    @Test func bodies() async throws {
        try await TestServer.run(limits: Self.limits { $0.bodyBytes = 10_000 }) { server in
            func post(_ count: Int) -> String {
                "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: \(count)\r\n\r\n"
                    + String(repeating: "a", count: count)
            }
            func chunked(_ count: Int) -> String {
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + String(repeating: "64\r\n" + String(repeating: "a", count: 100) + "\r\n", count: count / 100)
                    + "0\r\n\r\n"
            }
            try await #expect(Self.answer(post(10_000), server) == 200)
            try await #expect(Self.answer(post(10_001), server) == 413)
            try await #expect(Self.answer(post(400_000), server) == 413)
            try await #expect(Self.answer(chunked(10_000), server) == 200)
            try await #expect(Self.answer(chunked(10_100), server) == 413)
            try await #expect(Self.answer(chunked(30_000), server) == 413)
            // Who sends without end is not read to it.
            try await #expect(Self.answer(chunked(400_000), server) == nil)
            #expect(server.record.handled.withLock { $0.count } == 2)
        }
    }

    @Test func connectionsOfOneAddress() async throws {
        let limits = Self.limits { $0.connectionsPerAddress = 3 }
        try await TestServer.run(limits: limits, loops: 2) { server in
            var clients = try (0..<3).map { _ in try server.client() }
            for client in clients {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await client.receiveResponse().flatMap(SocketClient.status) == 200)
            }
            let refused = try server.client()
            refused.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await refused.receiveResponse() == nil)
            clients.removeLast()
            #expect(await Patience.eventually { server.server.connectionCount == 2 })
            let next = try server.client()
            next.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await next.receiveResponse().flatMap(SocketClient.status) == 200)
        }
    }

    @Test func connectionsInAll() async throws {
        try await TestServer.run(limits: Self.limits { $0.connections = 2 }) { server in
            let clients = try (0..<2).map { _ in try server.client() }
            for client in clients {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await client.receiveResponse().flatMap(SocketClient.status) == 200)
            }
            #expect(server.server.connectionCount == 2)
        }
    }

    @Test(arguments: [
        "", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET ",
    ]) func whoeverStopsSendingIsCutOff(_ request: String) async throws {
        let limits = Self.limits {
            $0.idleTime = .milliseconds(250)
            $0.headTime = .milliseconds(250)
            $0.bodyTime = .milliseconds(250)
        }
        try await TestServer.run(limits: limits) { server in
            let client = try server.client()
            client.send(request)
            // An answer may come before the end, where there was a whole request.
            let answer = try #require(await client.receiveAll())
            #expect(answer.isEmpty != request.hasSuffix("Host: a\r\n\r\n") || request.hasSuffix("GET "))
            #expect(await Patience.eventually { server.server.connectionCount == 0 })
            let isReported = request.contains("\r\n") && !request.hasPrefix("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(server.record.outcomes.withLock { $0.contains { $0.end == .timedOut } } == isReported)
        }
    }

    @Test func tricklingDoesNotExtendTheTime() async throws {
        let limits = Self.limits { $0.headTime = .milliseconds(100) }
        try await TestServer.run(limits: limits) { server in
            let client = try server.client()
            client.send("GET / HTTP/1.1\r\n")
            let cut = await Patience.eventually {
                client.send("X: y\r\n")
                return server.record.outcomes.withLock { !$0.isEmpty }
            }
            #expect(cut)
            #expect(server.record.outcomes.withLock { $0.map(\.end) } == [.timedOut])
        }
    }

    @Test func whoeverStopsReadingIsCutOff() async throws {
        let limits = Self.limits { $0.writeTime = .milliseconds(60) }
        try await TestServer.run(limits: limits) { server in
            let client = try SocketClient(port: server.port, receiveBuffer: 4096)
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await Patience.eventually { server.record.outcomes.withLock { !$0.isEmpty } })
            #expect(server.record.outcomes.withLock { $0.map(\.end) } == [.timedOut])
        }
    }

    /// The progress of a response is what the peer's kernel took.
    @Test func whoeverGoesOnReadingGetsMoreTime() async throws {
        let listening = try ListeningSocket.tcp(host: "127.0.0.1", port: 0, isSecure: false, isShared: false)
        defer { close(listening.descriptor) }
        guard case .tcp(_, let port, _) = listening.address else { return }
        let client = try SocketClient(port: port)
        let accepted = accept(listening.descriptor, nil, nil)
        defer { close(accepted) }
        let connection = Connection(
            handle: try #require(OpaquePointer(bitPattern: 1)), descriptor: accepted,
            peer: .unix(uid: 0, gid: 0, pid: 0), address: nil, isSecure: false, deadline: 1)
        connection.beginWriting(until: 1)
        let bytes = [UInt8](repeating: 0, count: 8192)
        #expect(send(accepted, bytes, bytes.count, 0) == bytes.count)
        #expect(await Patience.eventually { socket_bytes_acknowledged(accepted) >= 8192 })
        connection.expire(extending: 2)
        #expect(connection.phase == .writing && connection.deadline == 2)
        connection.expire(extending: 3)
        #expect(connection.phase == .closing && connection.isTimedOut)
        #expect(await client.countAll() == 8192)
    }
}
