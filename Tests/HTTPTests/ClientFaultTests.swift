import Bytes
import Foundation
import Testing

@testable import HTTP

/// What a call reports when the other side fails.
@Suite struct ClientFaultTests {
    @Test func refusedConnection() async throws {
        let server = try FaultServer { _, _ in }
        server.stop()
        let error = try await withClient { await $0.get(server.url()).error }
        #expect(error == UpstreamError(.notConnected(errno: ECONNREFUSED), mayHaveArrived: false))
    }

    @Test func noConnectionInTime() async throws {
        // A listener whose queue is full drops what asks to connect.
        let server = try FaultServer(backlog: 0, accepting: false) { _, _ in }
        defer { server.stop() }
        let fillers = (0..<8).map { _ in connectWithoutWaiting(server.port) }
        defer {
            for filler in fillers { close(filler) }
        }
        let error = try await withClient { client in
            await client.get(server.url()) { $0.timeouts = UpstreamTimeouts(connect: .milliseconds(120)) }.error
        }
        #expect(error == UpstreamError(.timedOut(.connect), mayHaveArrived: false))
    }

    @Test func noAnswerInTime() async throws {
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.waitForClose()
        }
        defer { server.stop() }
        let error = try await withClient { client in
            await client.get(server.url()) { $0.timeouts = UpstreamTimeouts(firstByte: .milliseconds(80)) }.error
        }
        #expect(error == UpstreamError(.timedOut(.firstByte), mayHaveArrived: true))
    }

    @Test func slowDripEndsWithTheTimeForAll() async throws {
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while !peer.waitForClose(milliseconds: 5), peer.write("x") {}
        }
        defer { server.stop() }
        let error = try await withClient { client in
            await client.get(server.url()) {
                $0.timeouts = UpstreamTimeouts(firstByte: .milliseconds(100), total: .milliseconds(250))
            }.error
        }
        #expect(error == UpstreamError(.timedOut(.total), mayHaveArrived: true))
    }

    @Test(arguments: [
        ("", UpstreamError.Kind.connectionLost),
        ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", .truncated),
        ("HTTP/1.1 200 OK\r\nContent-Le", .truncated),
        ("HTTP/1.1 103 Early Hints\r\n\r\n", .truncated),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", .truncated),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab", .truncated),
        ("SSH-2.0-OpenSSH_9.2\r\n", .malformedResponse),
        ("{\"json\": \"without a head\"}", .malformedResponse),
        ("HTTP/9.9 abc\r\n\r\n", .malformedResponse),
        ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc", .malformedResponse),
    ])
    func answersThatAreNone(_ answer: String, _ kind: UpstreamError.Kind) async throws {
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.write(answer)
        }
        defer { server.stop() }
        let error = try await withClient { await $0.get(server.url()).error }
        #expect(error == UpstreamError(kind, mayHaveArrived: true))
    }

    @Test(arguments: [true, false]) func resetWithinTheBody(_ isRead: Bool) async throws {
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            peer.reset()
        }
        defer { server.stop() }
        let error = try await withClient { client in await client.get(server.url()) { $0.isRead = isRead }.error }
        #expect(error?.mayHaveArrived == true)
        #expect(error?.kind == .truncated || error?.kind == .connectionLost)
        #expect(server.connectionCount == 1)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n\(String(repeating: "x", count: 1001))\r\n",
        "HTTP/1.1 200 OK\r\n\r\n\(String(repeating: "x", count: 1001))",
    ])
    func tooLarge(_ answer: String) async throws {
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.write(answer)
            peer.waitForClose()
        }
        defer { server.stop() }
        let error = try await withClient { client in await client.get(server.url()) { $0.maxResponseBytes = 1000 }.error }
        #expect(error == UpstreamError(.responseTooLarge, mayHaveArrived: true))
    }

    @Test func endlessHeader() async throws {
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\n")
            while peer.write("X-Line: \(String(repeating: "x", count: 1000))\r\n") {}
        }
        defer { server.stop() }
        let error = try await withClient { await $0.get(server.url()).error }
        #expect(error == UpstreamError(.malformedResponse, mayHaveArrived: true))
    }

    @Test func exactlyTheLimitIsAccepted() async throws {
        let body = String(repeating: "x", count: 1000)
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            peer.answer(body)
        }
        defer { server.stop() }
        let text = try await withClient { client in await client.get(server.url()) { $0.maxResponseBytes = 1000 }.text }
        #expect(text == body)
    }

    // MARK: Cancellation

    @Test func cancellingTheTaskClosesTheConnection() async throws {
        let arrived = Counter()
        let closed = Counter()
        let server = try FaultServer { peer, _ in
            _ = peer.readRequest()
            arrived.increment()
            if peer.waitForClose() { closed.increment() }
        }
        defer { server.stop() }
        let (error, counters) = try await withClient { client in
            let task = Task { await client.get(server.url()).error }
            await arrived.reached(1)
            task.cancel()
            let error = await task.value
            return (error, await client.counters())
        }
        #expect(error == UpstreamError(.cancelled, mayHaveArrived: true))
        #expect(counters.active == 0 && counters.connections == 0)
        await closed.reached(1)
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let server = try FaultServer { peer, _ in
            while peer.readRequest() != nil { peer.answer("ok") }
        }
        defer { server.stop() }
        let error = try await withClient { client in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return await client.get(server.url()).error
            }
            task.cancel()
            return await task.value
        }
        #expect(error == UpstreamError(.cancelled, mayHaveArrived: false))
        #expect(server.connectionCount == 0)
    }

    @Test func aTokenOfACallThatEndedIsHarmless() async throws {
        let server = try FaultServer { peer, _ in
            while peer.readRequest() != nil { peer.answer("ok") }
        }
        defer { server.stop() }
        let texts = try await withClient { client in
            await withCheckedContinuation { (done: CheckedContinuation<[String?], Never>) in
                client.loop.submit {
                    let request = UpstreamRequest(.get, url: server.url(), isRead: true)
                    let token = Confined<CallToken?>(nil)
                    token.value = client.start(request) { first in
                        client.start(request) { second in done.resume(returning: [first.text, second.text]) }
                        if let old = token.value { client.cancel(old) }
                    }
                }
            }
        }
        #expect(texts == ["ok", "ok"])
    }

    // MARK: Secrets

    @Test func errorsTellNothingOfTheRequest() async throws {
        let server = try FaultServer { _, _ in }
        server.stop()
        let error = try await withClient { await $0.get(server.url("/?Signature=s3cret")).error }
        let text = error.map { "\($0) \(String(reflecting: $0))" } ?? ""
        #expect(!text.isEmpty && !text.contains("s3cret") && !text.contains("\(server.port)"))
    }

    private func connectWithoutWaiting(_ port: UInt16) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = loopback(port)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return descriptor
    }
}
