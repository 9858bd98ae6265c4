import Bytes
import Testing

@testable import HTTP

/// Answers that hold a secret, and the requests for them.
@Suite struct ClientSecretTests {
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nthe secret!",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nthe \r\n7\r\nsecret!\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nthe secret!",
    ])
    func comeInMemoryThatIsCleared(_ answer: String) async throws {
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.write(answer)
            if answer.contains("close") { peer.close() }
        }
        defer { server.stop() }
        let (response, left) = try await withClient { client in
            let response = try await client.get(server.url()) { $0.isSecret = true }.get()
            let left = await withTaskExecutorPreference(client.loop) { ByteView(client.readBuffer).text }
            return (response, left)
        }
        #expect(response.body.isEmpty)
        #expect(response.secret?.withView(\.text) == "the secret!")
        #expect(!left.contains("secret"))
    }

    @Test func areBounded() async throws {
        let server = try FaultServer { peer, index in
            _ = peer.readRequest()
            let length = index == 0 ? "Content-Length: 11" : "Connection: close"
            peer.write("HTTP/1.1 200 OK\r\n\(length)\r\n\r\nthe secret!")
            peer.close()
        }
        defer { server.stop() }
        try await withClient { client in
            for _ in 0..<2 {
                let outcome = await client.get(server.url()) {
                    $0.isSecret = true
                    $0.maxResponseBytes = 10
                }
                guard case .failure(let error) = outcome else {
                    Issue.record("taken")
                    return
                }
                #expect(error.kind == .responseTooLarge)
            }
        }
    }

    @Test func sendsSecretFormsAndPuts() async throws {
        let log = Log()
        let server = try FaultServer { peer, _ in
            while let request = peer.readRequest() {
                log.note(request)
                peer.answer("ok")
            }
        }
        defer { server.stop() }
        try await withClient { client in
            var post = UpstreamRequest(.post, url: server.url(), isRead: false)
            post.isSecret = true
            post.secretBody = LockedBytes(copying: ("token=secret" as StaticString).view)
            let secret = try await client.outcome(post).get()
            #expect(secret.secret?.withView(\.text) == "ok")
            let put = try await client.outcome(UpstreamRequest(.put, url: server.url("/token"), isRead: true)).get()
            #expect(put.body == Array("ok".utf8))
            // A call after them is an ordinary one again.
            let after = try await client.get(server.url("/after")).get()
            #expect(after.secret == nil && after.body == Array("ok".utf8))
        }
        #expect(log.all.count == 3)
        #expect(log.all[0].hasPrefix("POST / HTTP/1.1\r\n") && log.all[0].hasSuffix("Content-Length: 12\r\n\r\ntoken=secret"))
        #expect(log.all[1].hasPrefix("PUT /token HTTP/1.1\r\n") && log.all[1].hasSuffix("Content-Length: 0\r\n\r\n"))
        #expect(log.all[2].hasPrefix("GET /after HTTP/1.1\r\n") && !log.all[2].contains("Content-Length"))
    }
}
