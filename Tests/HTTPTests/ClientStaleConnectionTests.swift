import Bytes
import Testing

@testable import HTTP

/// Pooled connections that died or went wrong while they were idle. A read may be sent twice, a write never.
@Suite struct ClientStaleConnectionTests {
    /// Answers the first request of the first connection; what comes after is up to `then`. Later connections answer `fresh`.
    private func server(log: Log, then: @escaping @Sendable (FaultPeer) -> Void) throws -> FaultServer {
        try FaultServer { peer, number in
            guard number == 1 else {
                while peer.readRequest() != nil {
                    log.note("fresh")
                    peer.answer("fresh")
                }
                return
            }
            guard peer.readRequest() != nil else { return }
            log.note("first")
            peer.answer("first")
            then(peer)
        }
    }

    @Test(arguments: [true, false]) func closedWhileIdle(_ isRead: Bool) async throws {
        let log = Log()
        let closed = Counter()
        let server = try server(log: log) { peer in
            peer.close()
            closed.increment()
        }
        defer { server.stop() }
        let texts = try await withClient { client in
            let first = await client.get(server.url()).text
            await closed.reached(1)
            return [first, await client.get(server.url()) { $0.isRead = isRead }.text]
        }
        #expect(texts == ["first", "fresh"])
        #expect(log.all == ["first", "fresh"])
    }

    @Test func aReadIsSentAgainWhenTheConnectionEndsWithoutAnAnswer() async throws {
        let log = Log()
        let server = try server(log: log) { peer in
            _ = peer.readRequest()
            log.note("swallowed")
        }
        defer { server.stop() }
        let (texts, counters) = try await withClient { client in
            let texts = [await client.get(server.url()).text, await client.get(server.url()).text]
            return (texts, await client.counters())
        }
        #expect(texts == ["first", "fresh"])
        #expect(log.all == ["first", "swallowed", "fresh"])
        #expect(counters.retries == 1)
    }

    @Test(arguments: [true, false]) func aWriteIsNotSentAgain(_ isReset: Bool) async throws {
        let log = Log()
        let server = try server(log: log) { peer in
            _ = peer.readRequest()
            log.note("swallowed")
            if isReset { peer.reset() }
        }
        defer { server.stop() }
        let error = try await withClient { client in
            _ = await client.get(server.url())
            var write = UpstreamRequest(.post, url: server.url(), isRead: false)
            write.body = Array("Action=DeleteInstance".utf8)
            return await client.outcome(write).error
        }
        #expect(error == UpstreamError(.connectionLost, mayHaveArrived: true))
        #expect(log.all == ["first", "swallowed"])
        #expect(server.connectionCount == 1, "not even a connection is made for what must not be sent")
    }

    @Test func aWriteIsNotSentAgainOverAnotherPooledConnection() async throws {
        let served = Log()
        let arrived = Counter()
        let server = try FaultServer { peer, _ in
            guard peer.readRequest() != nil else { return }
            arrived.increment()
            while arrived.value < 2, !peer.waitForClose(milliseconds: 1) {}
            peer.answer("ok")
            while let request = peer.readRequest() {
                served.note(String(request.prefix(4)))
                return
            }
        }
        defer { server.stop() }
        let error = try await withClient { client in
            async let one = client.get(server.url()).text
            async let two = client.get(server.url()).text
            #expect(await [one, two] == ["ok", "ok"])
            return await client.outcome(UpstreamRequest(.post, url: server.url(), isRead: false)).error
        }
        #expect(error == UpstreamError(.connectionLost, mayHaveArrived: true))
        #expect(served.all == ["POST"])
    }

    @Test func retriesNeverRunOut() async throws {
        // Odd connections answer once and swallow the next request; libcurl gives up at its fifth retry of a handle.
        let server = try FaultServer { peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.answer("ok")
            _ = peer.readRequest()
        }
        defer { server.stop() }
        let (answers, counters) = try await withClient { client in
            var answers = 0
            for _ in 0..<40 { answers += await client.get(server.url()).text == "ok" ? 1 : 0 }
            return (answers, await client.counters())
        }
        #expect(answers == 40)
        #expect(counters.retries == 39)
    }

    @Test func bytesThatNobodyAskedForAreNoAnswer() async throws {
        let log = Log()
        let idle = Counter()
        let sent = Counter()
        let server = try server(log: log) { peer in
            while idle.value == 0, !peer.waitForClose(milliseconds: 1) {}
            peer.answer("smuggled")
            sent.increment()
            peer.waitForClose()
        }
        defer { server.stop() }
        let texts = try await withClient { client in
            let first = await client.get(server.url()).text
            idle.increment()
            await sent.reached(1)
            return [first, await client.get(server.url()).text]
        }
        #expect(texts == ["first", "fresh"])
    }
}
