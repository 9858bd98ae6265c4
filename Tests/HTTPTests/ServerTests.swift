import Bytes
import Glibc
import Synchronization
import Testing

@testable import HTTP

@Suite struct ServerTests {
    private static func get(_ target: String, _ headers: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: a\r\n\(headers)\r\n"
    }

    @Test func servesRequestAfterRequestOnOneConnection() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            for number in 0..<20 {
                client.send(Self.get("/query?n=\(number)%20&x"))
                let answer = try #require(await client.receiveResponse())
                #expect(SocketClient.status(of: answer) == 200)
                #expect(answer.hasSuffix("\r\n\r\nn=\(number)%20&x"))
                #expect(SocketClient.header("Connection", of: answer) == nil)
            }
            #expect(server.server.connectionCount == 1)
        }
    }

    @Test func pathAndQueryStayAsReceived() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            let targets = ["/a%2Fb?", "/a?b?c", "/?a=%00&&=", "/a//../b", "/+?+"]
            for target in targets {
                client.send(Self.get(target))
                _ = try #require(await client.receiveResponse())
            }
            client.send("GET http://h:1/x?y HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try #require(await client.receiveResponse())
            #expect(server.record.handled.withLock { $0 } == targets + ["http://h:1/x?y"])
        }
    }

    @Test func answersPipelinedRequestsInOrder() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send(
                Self.get("/query?1") + "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\ntwo"
                    + Self.get("/later?3") + Self.get("/query?4", "Connection: close\r\n"))
            let all = try #require(await client.receiveAll())
            let bodies = all.split(separator: "HTTP/1.1 200 OK\r\n").map { $0.split(separator: "\r\n").last ?? "" }
            #expect(bodies == ["1", "two", "3", "4"])
        }
    }

    @Test func dateAndHeadersAreWrittenOnceEach() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send(Self.get("/headers", "x-REQUEST-id: 7\r\n"))
            let answer = try #require(await client.receiveResponse())
            let lines = answer.split(separator: "\r\n", omittingEmptySubsequences: false)
            let names = lines.dropFirst().prefix { !$0.isEmpty }.map { $0.split(separator: ":")[0] }
            #expect(names.sorted() == ["Content-Length", "Date", "X-Number", "X-Request-Id", "X-Unsafe"])
            #expect(SocketClient.header("X-Number", of: answer) == "-120")
            #expect(SocketClient.header("X-Request-Id", of: answer) == "7")
            #expect(SocketClient.header("X-Unsafe", of: answer) == "a  Injected: b")
            let date = try #require(SocketClient.header("Date", of: answer))
            #expect(date.count == 29 && date.hasSuffix(" GMT"))
        }
    }

    @Test func headersThatDoNotFitBecomeAPlain500() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send(Self.get("/huge-headers"))
            #expect(await client.receiveAll().flatMap(SocketClient.status) == 500)
        }
    }

    @Test func headHasTheHeadersOfGet() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send("HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n")
            let head = try #require(await client.receiveResponse(isHead: true))
            #expect(SocketClient.header("Content-Length", of: head) == "\(TestHandler.largeCount)")
            client.send(Self.get("/empty"))
            let empty = try #require(await client.receiveResponse())
            #expect(SocketClient.status(of: empty) == 204)
            #expect(SocketClient.header("Content-Length", of: empty) == nil)
            client.send(Self.get("/unchanged"))
            let unchanged = try #require(await client.receiveResponse(isHead: true))
            #expect(SocketClient.status(of: unchanged) == 304)
            #expect(SocketClient.header("Content-Length", of: unchanged) == "5")
            client.send(Self.get("/"))
            #expect(await client.receiveResponse()?.hasSuffix("\r\n\r\nok") == true)
        }
    }

    @Test func largeResponsesArriveWhole() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send(Self.get("/large", "Connection: close\r\n"))
            var count = 0
            while let part = await client.receive(), !part.isEmpty { count += part.unicodeScalars.count }
            #expect(count > TestHandler.largeCount)
            #expect(await Patience.eventually { server.record.outcomes.withLock { $0.count == 1 } })
            #expect(
                server.record.outcomes.withLock { $0 } == [Outcome(end: .sent, status: 200, bodyBytes: TestHandler.largeCount)])
        }
    }

    @Test(arguments: [0, 1, 5000, 300_000]) func bodiesArriveWhole(length: Int) async throws {
        try await TestServer.run { server in
            let body = String((0..<length).map { Character(Unicode.Scalar(UInt8(65 + $0 % 26))) })
            let client = try server.client()
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n\(body)")
            #expect(await client.receiveResponse()?.hasSuffix("\r\n\r\n" + body) == true)
            let chunks = stride(from: 0, to: length, by: 4096).map { start in
                let chunk = body.dropFirst(start).prefix(4096)
                return "\(String(chunk.count, radix: 16))\r\n\(chunk)\r\n"
            }
            client.send(
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks.joined())0\r\n\r\n")
            #expect(await client.receiveAll()?.hasSuffix("\r\n\r\n" + body) == true)
        }
    }

    @Test func continueIsSentBeforeABody() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
            #expect(await client.receive() == "HTTP/1.1 100 Continue\r\n\r\n")
            client.send("hi")
            #expect(await client.receiveResponse()?.hasSuffix("\r\n\r\nhi") == true)
        }
    }

    @Test func continueIsNotSentToWhomIsRefused() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send("POST /forbidden HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
            #expect(await client.receiveAll().flatMap(SocketClient.status) == 401)
        }
    }

    @Test func aRefusalWithoutABodyKeepsTheConnection() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            for _ in 0..<3 {
                client.send(Self.get("/forbidden"))
                #expect(await client.receiveResponse().flatMap(SocketClient.status) == 401)
            }
        }
    }

    @Test func aHandlerThatForgetsToRespondIs500() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send(Self.get("/silent"))
            #expect(await client.receiveResponse().flatMap(SocketClient.status) == 500)
            client.send(Self.get("/silent-later"))
            #expect(await client.receiveResponse().flatMap(SocketClient.status) == 500)
        }
    }

    @Test func oldClientsAreServed() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let first = try #require(await client.receiveResponse())
            #expect(SocketClient.header("Connection", of: first)?.lowercased() == "keep-alive")
            client.send("GET / HTTP/1.0\r\n\r\n")
            #expect(await client.receiveAll().flatMap(SocketClient.status) == 200)
        }
    }

    @Test func severalLoopsShareOnePort() async throws {
        try await TestServer.run(loops: 2) { server in
            #expect(server.addresses.count == 1)
            let clients = try (0..<32).map { _ in try server.client() }
            for client in clients {
                client.send(Self.get("/later?x"))
                #expect(await client.receiveResponse()?.hasSuffix("x") == true)
            }
            #expect(server.server.connectionCount == 32)
        }
    }

    @Test(arguments: [1, 2]) func aPortInUseIsAnError(loops: Int) async throws {
        try await TestServer.run(loops: loops) { server in
            let listeners =
                [ServerConfiguration.Listener.tcp(host: "127.0.0.1", port: 0, tls: nil)] + [
                    .tcp(host: "127.0.0.1", port: server.port, tls: nil)
                ]
            await #expect(throws: SystemError("listen on 127.0.0.1:\(server.port)", code: EADDRINUSE)) {
                try await TestServer.run(listeners: listeners, loops: loops) { _ in }
            }
            // The other one was not disturbed.
            let client = try server.client()
            client.send(Self.get("/"))
            #expect(await client.receiveResponse().flatMap(SocketClient.status) == 200)
        }
    }

    @Test func ipv6IsServed() async throws {
        let listeners = [ServerConfiguration.Listener.tcp(host: "::1", port: 0, tls: nil)]
        try await TestServer.run(listeners: listeners) { server in
            #expect(server.addresses.first?.description == "http://[::1]:\(server.port)")
        }
    }
}

@Suite struct UnixSocketTests {
    private static func path() -> String { "/tmp/http-tests-\(getpid())-\(SystemRandom.bits64()).sock" }

    @Test func peersAreKnownByTheirCredentials() async throws {
        let path = Self.path()
        try await TestServer.run(listeners: [.unix(path: path, mode: 0o600)], loops: 2) { server in
            var status = stat()
            #expect(lstat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            for _ in 0..<8 {
                let client = try SocketClient(path: path)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await client.receiveResponse().flatMap(SocketClient.status) == 200)
            }
            let expected = HTTP.Peer.unix(uid: getuid(), gid: getgid(), pid: getpid())
            #expect(server.record.peers.withLock { $0 } == [HTTP.Peer](repeating: expected, count: 8))
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test func aDeadSocketIsReplacedALiveOneIsNot() async throws {
        let path = Self.path()
        let dead = try ListeningSocket.unix(path: path, mode: 0o600)
        close(dead.descriptor)
        #expect(access(path, F_OK) == 0)
        try await TestServer.run(listeners: [.unix(path: path, mode: 0o600)]) { _ in
            #expect(throws: SystemError("listen on \(path)", code: EADDRINUSE)) {
                try ListeningSocket.unix(path: path, mode: 0o600)
            }
        }
    }

    @Test func aFileThatIsNoSocketIsNotRemoved() throws {
        let path = Self.path()
        let file = creat(path, 0o600)
        defer { unlink(path) }
        close(file)
        #expect(throws: SystemError("listen on \(path)", code: EADDRINUSE)) {
            try ListeningSocket.unix(path: path, mode: 0o600)
        }
        #expect(access(path, F_OK) == 0)
    }
}
