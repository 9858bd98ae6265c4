import Synchronization
import Testing

@testable import HTTP

@Suite struct ServerSuspensionTests {
    @Test func hangingUpCancelsTheWork() async throws {
        try await TestServer.run { server in
            var client: SocketClient? = try server.client()
            client?.send("GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await Patience.eventually { server.record.waiting.withLock { !$0.isEmpty } })
            client = nil
            #expect(await Patience.eventually { server.record.cancelled.withLock { $0 == 1 } })
            #expect(await Patience.eventually { server.server.connectionCount == 0 })
            #expect(server.record.outcomes.withLock { $0.map(\.end) } == [.callerGone])
        }
    }

    @Test func aResponseToNobodyDoesNoHarm() async throws {
        try await TestServer.run { server in
            let clients = try (0..<8).map { _ in try server.client() }
            for client in clients { client.send("GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n") }
            #expect(await Patience.eventually { server.record.waiting.withLock { $0.count == 8 } })
            for client in clients { client.closeSending() }
            #expect(await Patience.eventually { server.record.outcomes.withLock { $0.count == 8 } })
            let next = try server.client()
            next.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await next.receiveResponse().flatMap(SocketClient.status) == 200)
        }
    }

    @Test func othersAreServedMeanwhile() async throws {
        try await TestServer.run { server in
            let stuck = try server.client()
            stuck.send("GET /stuck HTTP/1.1\r\nHost: a\r\n\r\nGET /query?after HTTP/1.1\r\nHost: a\r\n\r\n")
            let client = try server.client()
            for number in 0..<50 {
                client.send("GET /later?\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await client.receiveResponse()?.hasSuffix("\r\n\r\n\(number)") == true)
            }
            #expect(await Patience.eventually { server.record.waiting.withLock { !$0.isEmpty } })
            server.record.releaseWaiting()
            #expect(await stuck.receiveResponse()?.contains("released") == true)
        }
    }
}

@Suite struct ServerForwardingTests {
    @Test(arguments: [("/forward", "got"), ("/forward-twice", "got got")])
    func theAnswerIsPassedOn(_ path: String, _ body: String) async throws {
        let upstream = try FaultServer { peer, _ in
            while peer.readRequest() != nil { peer.answer("got") }
        }
        defer { upstream.stop() }
        try await TestServer.run { server in
            let client = try server.client()
            for _ in 0..<20 {
                client.send("GET \(path)?\(upstream.port) HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await client.receiveResponse()?.hasSuffix("\r\n\r\n\(body)") == true)
            }
            #expect(upstream.connectionCount == 1)
        }
    }

    @Test func failuresAreReported() async throws {
        let upstream = try FaultServer { _, _ in }
        upstream.stop()
        try await TestServer.run { server in
            let client = try server.client()
            client.send("GET /forward?\(upstream.port) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await client.receiveResponse().flatMap(SocketClient.status) == 502)
        }
    }

    @Test(arguments: ["/forward", "/forward-twice"]) func hangingUpCancelsTheCall(_ path: String) async throws {
        let arrived = Counter()
        let closed = Counter()
        let upstream = try FaultServer { peer, _ in
            _ = peer.readRequest()
            arrived.increment()
            if peer.waitForClose() { closed.increment() }
        }
        defer { upstream.stop() }
        try await TestServer.run { server in
            var client: SocketClient? = try server.client()
            client?.send("GET \(path)?\(upstream.port) HTTP/1.1\r\nHost: a\r\n\r\n")
            await arrived.reached(1)
            client = nil
            await closed.reached(1)
            #expect(await Patience.eventually { server.record.cancelled.withLock { $0 == 1 } })
            if path == "/forward" { #expect(await Patience.eventually { server.server.connectionCount == 0 }) }
        }
    }
}

@Suite struct ServerShutdownTests {
    @Test func runningRequestsFinishAndNothingNewIsAccepted() async throws {
        try await TestServer.run(loops: 2) { server in
            let running = try server.client()
            running.send("GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n")
            let idle = try server.client()
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try #require(await idle.receiveResponse())
            #expect(await Patience.eventually { server.record.waiting.withLock { !$0.isEmpty } })
            async let over: Void = server.server.shutdown(grace: .seconds(20))
            // Idle connections end soon, which shows that the shutdown has begun.
            #expect(await idle.receiveAll() == "")
            #expect(throws: SocketClient.Failure.self) { try server.client() }
            server.record.releaseWaiting()
            let answer = try #require(await running.receiveAll())
            #expect(answer.contains("released"))
            #expect(SocketClient.header("Connection", of: answer) == "close")
            await over
            #expect(server.server.connectionCount == 0)
            #expect(server.record.cancelled.withLock { $0 } == 0)
        }
    }

    @Test func whatOutlastsTheGraceIsCancelled() async throws {
        try await TestServer.run { server in
            let running = try server.client()
            running.send("GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await Patience.eventually { server.record.waiting.withLock { !$0.isEmpty } })
            await server.server.shutdown(grace: .milliseconds(20))
            #expect(server.record.cancelled.withLock { $0 } == 1)
            #expect(server.server.connectionCount == 0)
        }
    }

    @Test func aRequestOnItsWayIsStillAnswered() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try #require(await client.receiveResponse())
            let stuck = try server.client()
            stuck.send("GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await Patience.eventually { server.record.waiting.withLock { !$0.isEmpty } })
            async let over: Void = server.server.shutdown(grace: .seconds(20))
            #expect(await Patience.eventually { (try? server.client()) == nil })
            client.send("GET /query?late HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = await client.receiveAll() ?? ""
            #expect(answer.isEmpty || SocketClient.header("Connection", of: answer) == "close")
            server.record.releaseWaiting()
            await over
        }
    }

    @Test func shuttingDownTwiceIsFine() async throws {
        try await TestServer.run { server in
            await server.server.shutdown(grace: .seconds(1))
            await server.server.shutdown(grace: .seconds(1))
        }
    }
}
