import Bytes
import Testing

@testable import HTTP

/// What a call sends and what it gives back.
@Suite struct ClientTests {
    @Test func givesStatusBodyAndTheFieldsThatCount() async throws {
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.write(
                "HTTP/1.1 418 I'm a teapot\r\nDate: Sat, 21 Nov 2026 08:00:00 GMT\r\nContent-Type:  application/json \r\n"
                    + "retry-after:7\r\nX-Acs-Request-Id: 4C467B38\r\nX-Other: x\r\nContent-Length: 4\r\n\r\nbody"
            )
        }
        defer { server.stop() }
        let response = try await withClient { try await $0.get(server.url()).get() }
        #expect(response.status == 418)
        #expect(response.body == Array("body".utf8))
        #expect(response.field(.date) == Array("Sat, 21 Nov 2026 08:00:00 GMT".utf8))
        #expect(response.field(.contentType) == Array("application/json".utf8))
        #expect(response.field(.retryAfter) == Array("7".utf8))
        #expect(response.field(.requestID) == Array("4C467B38".utf8))
    }

    @Test func sendsTheTargetAsGiven() async throws {
        let log = Log()
        let server = try FaultServer { peer, _ in
            while let request = peer.readRequest() {
                log.note(request.split(separator: "\r\n").first.map(String.init) ?? "")
                peer.answer("")
            }
        }
        defer { server.stop() }
        let targets = ["/?Action=DescribeInstances&Tag.1.Key=a%2Bb", "", "?a=b", "/a/../b/./c?x=%2F..%2F"]
        try await withClient { client in
            for target in targets { _ = try await client.get(server.url(target)).get() }
        }
        #expect(
            log.all == [
                "GET /?Action=DescribeInstances&Tag.1.Key=a%2Bb HTTP/1.1", "GET / HTTP/1.1", "GET /?a=b HTTP/1.1",
                "GET /a/../b/./c?x=%2F..%2F HTTP/1.1",
            ])
    }

    @Test func sendsFormsAndExtraHeaderLines() async throws {
        let log = Log()
        let server = try FaultServer { peer, _ in
            while let request = peer.readRequest() {
                log.note(request)
                peer.answer("ok")
            }
        }
        defer { server.stop() }
        var post = UpstreamRequest(.post, url: server.url(), isRead: false)
        post.body = Array("Action=RunInstances&Amount=1".utf8)
        post.headers.append("x-acs-action", ("RunInstances" as StaticString).view)
        post.headers.append("x-empty", .empty)
        let request = post
        try await withClient { client in
            _ = try await client.send(request)
            // The same handle again, without what the first call had set.
            _ = try await client.get(server.url()).get()
        }
        let (first, second) = (log.all[0], log.all[1])
        #expect(first.hasPrefix("POST / HTTP/1.1\r\n"))
        #expect(first.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n"))
        #expect(first.contains("\r\nx-empty:\r\n"))
        #expect(first.hasSuffix("\r\n\r\nAction=RunInstances&Amount=1"))
        #expect(second.hasPrefix("GET / HTTP/1.1\r\n"))
        #expect(!second.contains("x-empty") && !second.contains("Content-Type") && second.hasSuffix("\r\n\r\n"))
        #expect(second.contains("\r\nUser-Agent: acs-gateway\r\n"))
        #expect(!second.lowercased().contains("accept-encoding"))
    }

    @Test func keepsAndReusesConnections() async throws {
        let server = try FaultServer { peer, _ in
            while peer.readRequest() != nil { peer.answer("ok") }
        }
        defer { server.stop() }
        let counters = try await withClient { client in
            for _ in 0..<50 { _ = try await client.get(server.url()).get() }
            return await client.counters()
        }
        #expect(server.connectionCount == 1)
        #expect(counters == ClientStatistics(calls: 50, active: 0, retries: 0, connectionsOpened: 1, connections: 1))
    }

    @Test func waitsForAFreePlaceInThePool() async throws {
        let server = try FaultServer { peer, _ in
            while peer.readRequest() != nil { peer.answer("ok") }
        }
        defer { server.stop() }
        var configuration = ClientConfiguration.direct
        configuration.maxConnectionsPerHost = 3
        let answers = try await withClient(configuration) { client in
            await withTaskGroup(of: String?.self) { group in
                for _ in 0..<200 { group.addTask { await client.get(server.url()).text } }
                return await group.reduce(into: 0) { $0 += $1 == "ok" ? 1 : 0 }
            }
        }
        #expect(answers == 200)
        #expect(server.connectionCount <= 3)
    }

    @Test func manyCallsAtOnceLeaveFewHandlesAndNoneMixedUp() async throws {
        let server = try FaultServer { peer, _ in
            while let request = peer.readRequest() { peer.answer(String(request.prefix { !$0.isNewline })) }
        }
        defer { server.stop() }
        var configuration = ClientConfiguration.direct
        configuration.maxConnectionsPerHost = 8
        try await withClient(configuration) { client in
            for _ in 0..<3 {
                await withTaskGroup { group in
                    for number in 0..<600 {
                        group.addTask { (number, await client.get(server.url("/\(number)"))) }
                    }
                    for await (number, outcome) in group {
                        #expect(outcome.text == "GET /\(number) HTTP/1.1", "\(outcome)")
                    }
                }
            }
        }
    }

    @Test func theEndOfTheLoopClosesIdleConnections() async throws {
        let closed = Counter()
        let server = try FaultServer { peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.answer("ok")
            if peer.waitForClose() { closed.increment() }
        }
        defer { server.stop() }
        try await withClient { client in
            #expect(await client.get(server.url()).text == "ok")
        }
        await closed.reached(1)
    }

    @Test func takesChunkedAndInterimAnswersAndIgnoresTrailers() async throws {
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 103 Early Hints\r\nDate: early\r\n\r\n")
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            peer.write("3\r\nabc\r\n2\r\nde\r\n0\r\nDate: trailer\r\n\r\n")
        }
        defer { server.stop() }
        let response = try await withClient { try await $0.get(server.url()).get() }
        #expect(response.body == Array("abcde".utf8))
        #expect(response.field(.date) == nil)
    }

    @Test func followsNoRedirect() async throws {
        let server = try FaultServer { peer, _ in
            while peer.readRequest() != nil {
                peer.write("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
            }
        }
        defer { server.stop() }
        let counters = try await withClient { client in
            let status = try await client.get(server.url()).get().status
            #expect(status == 302)
            return await client.counters()
        }
        #expect(counters.calls == 1)
    }

    @Test(arguments: [
        "", "/path", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http:///path", "https://?q",
        "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/#fragment", "http://user:password@127.0.0.1/",
        "http://127.0.0.1/\u{0}", "http://127.0.0.1:99999/", "http://127.0.0.1/ä",
    ])
    func refusesWhatIsNoURL(_ url: String) async throws {
        let error = try await withClient { await $0.get(Array(url.utf8)).error }
        guard let error else {
            Issue.record("sent")
            return
        }
        #expect(!error.mayHaveArrived)
        #expect([.invalidRequest, .other(code: 67)].contains(error.kind), "\(error)")
    }

    @Test func refusesHeaderLinesThatSmuggle() async throws {
        var request = UpstreamRequest(.get, url: Array("http://127.0.0.1:1/".utf8), isRead: true)
        request.headers.append("x-a", ("b\r\nx-c: d" as StaticString).view)
        let refused = request
        let error = try await withClient { await $0.outcome(refused).error }
        #expect(error == UpstreamError(.invalidRequest, mayHaveArrived: false))
    }
}
