import Synchronization
import Testing

@testable import HTTP

/// Malformed requests over real connections, each followed by a well-formed one that must never be served.
@Suite struct ServerFramingTests {
    private static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

    /// What libmicrohttpd refuses itself, before there is anything to check: status and head.
    private static let refusedBelow: [(Int, String)] = [
        (400, "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nHost: a\r\nX\0: a\r\n\r\n"),
        (400, "GET /\r\nHost: a\r\n\r\n"),
        (400, "GET / http/1.1\r\nHost: a\r\n\r\n"),
        (505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
        (400, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
        (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5x\r\n\r\nhello"),
        (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nhello"),
        (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\nhello"),
        (413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nhello"),
        (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"),
        (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"),
        (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n"),
        (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n"),
    ]

    private static let refusedByCheck: [HeadCase] = [
        HeadCase(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            .contentLengthWithTransferEncoding),
        HeadCase(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            .contentLengthWithTransferEncoding),
        HeadCase(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
            .repeatedContentLength),
        HeadCase(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 40\r\n\r\n",
            .repeatedContentLength),
        HeadCase(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            .repeatedTransferEncoding),
        HeadCase(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            .unsupportedTransferEncoding),
        HeadCase(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked \r\n\r\n0\r\n\r\n",
            .unsupportedTransferEncoding),
        HeadCase(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            .unsupportedTransferEncoding),
        HeadCase(
            "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            .unsupportedTransferEncoding),
        HeadCase("GET / HTTP/1.1\r\n\r\n", .missingHost),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .repeatedHost),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nAuthorization: y\r\n\r\n", .repeatedAuthorization),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", .invalidHeaderValue),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX: a\nY: b\r\n\r\n", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\nHost: a\r\n\r\n", .malformedRequestLine),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\n", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\r\nHost: a\n\r\n", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{1}\r\n\r\n", .invalidHeaderValue),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX : a\r\n\r\n", .invalidHeaderName),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", .invalidHeaderName),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n folded\r\n\r\n", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n \r\n\r\n", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n\tContent-Length: 40\r\n\r\n", .invalidHeaderName),
        HeadCase("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .invalidHeaderName),
        HeadCase("G\u{1}T / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidMethod),
        HeadCase("G\u{FF}T / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidMethod),
        HeadCase("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        HeadCase("GET /\0x HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        HeadCase("GET /?a\0b HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        HeadCase("GET /\0?a HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        HeadCase("GET\0 / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        HeadCase("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        HeadCase("GET /\u{E9} HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        HeadCase("GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        HeadCase("GET ?a HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        HeadCase("GET / HTTP/1.2\r\nHost: a\r\n\r\n", .unsupportedVersion),
    ]

    @Test func everyFaultIsAnsweredAndEndsTheConnection() async throws {
        try await TestServer.run { server in
            for example in Self.refusedByCheck {
                let client = try server.client()
                client.send(example.head + Self.smuggled)
                let answer = await client.receiveAll()
                let status = answer.flatMap(SocketClient.status)
                #expect(status == example.fault.map { Int($0.status) }, "\(example.testDescription): \(answer ?? "-")")
                #expect(answer.flatMap { SocketClient.header("Connection", of: $0) } == "close")
                #expect(server.record.faults.withLock { $0.popLast() } == example.fault, "\(example.testDescription)")
            }
            #expect(server.record.handled.withLock { $0 } == [])
        }
    }

    @Test func soAreThoseThatTheLibraryFinds() async throws {
        try await TestServer.run { server in
            for (status, request) in Self.refusedBelow {
                let client = try server.client()
                client.send(request + Self.smuggled)
                let answer = await client.receiveAll()
                #expect(answer.flatMap(SocketClient.status) == status, "\(request.debugDescription): \(answer ?? "-")")
            }
            #expect(server.record.handled.withLock { $0 } == [])
        }
    }

    /// Chunk framing that implementations read differently: whatever libmicrohttpd makes of it, nothing follows.
    @Test(arguments: [
        "5\nhello\n0\n\n", "5;a=\"\r\n\"\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\nX: a\r\n\r\n",
        "0\r\n\r\n", "00000005\r\nhello\r\n0;x\r\n\r\n",
    ]) func nothingFollowsAChunkedBody(_ body: String) async throws {
        try await TestServer.run { server in
            let client = try server.client()
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)\(Self.smuggled)")
            let answer = try #require(await client.receiveAll())
            #expect(SocketClient.header("Connection", of: answer) == "close")
            #expect(server.record.handled.withLock { $0.allSatisfy { $0 == "/echo" } })
        }
    }

    /// The same requests cut at every byte into two packets: the outcome does not depend on how bytes arrive.
    @Test func faultsAreFoundHoweverTheHeadArrives() async throws {
        try await TestServer.run { server in
            for example in [Self.refusedByCheck[2], Self.refusedByCheck[12], Self.refusedByCheck[22]] {
                for cut in stride(from: 1, to: example.head.unicodeScalars.count, by: 7) {
                    let client = try server.client()
                    client.send(String(String.UnicodeScalarView(example.head.unicodeScalars.prefix(cut))))
                    await Task.yield()
                    client.send(String(String.UnicodeScalarView(example.head.unicodeScalars.dropFirst(cut))) + Self.smuggled)
                    #expect(await client.receiveAll().flatMap(SocketClient.status) == 400)
                }
            }
            #expect(server.record.handled.withLock { $0 } == [])
        }
    }
}
