import Bytes
import Testing

@testable import HTTP

@Suite struct ResponseParserTests {
    /// What a parser makes of bytes that come in `pieces`, and how many it left.
    private func parse(_ pieces: [[UInt8]], limit: Int = 1000, ends: Bool = true) -> String {
        var parser = ResponseParser()
        parser.reset(maxBodyBytes: limit)
        var left = 0
        do throws(UpstreamError.Kind) {
            for piece in pieces {
                left += piece.count - (try piece.withView { (view) throws(UpstreamError.Kind) in try parser.consume(view) })
            }
            if ends { try parser.end() }
        } catch {
            return "\(error)"
        }
        guard parser.isComplete else { return "incomplete" }
        let body = String(decoding: parser.takeBody(), as: UTF8.self)
        return "\(parser.status) [\(body)] \(parser.keepsConnection ? "kept" : "closed")" + (left > 0 ? " \(left) left" : "")
    }

    private static let cases: [(String, String)] = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "200 [hello] kept"),
        ("HTTP/1.1 200\r\ncontent-length:5\r\n\r\nhello", "200 [hello] kept"),
        ("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "200 [hello] kept"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200 [] kept"),
        ("HTTP/1.1 204 No Content\r\n\r\n", "204 [] kept"),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "304 [] kept"),
        ("HTTP/1.1 200 OK\r\n\r\nuntil the end", "200 [until the end] closed"),
        ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 [ok] closed"),
        ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok", "200 [ok] kept"),
        ("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nok", "200 [ok] closed"),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 E\r\nContent-Length: 7\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "200 [ok] kept"
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0a;x=y\r\n0123456789\r\n0\r\nX-T: 1\r\n\r\n",
            "200 [abc0123456789] kept"
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 3\r\n\r\n1\r\na\r\n0\r\n\r\n", "200 [a] closed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok", "200 [ok] kept"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok?!", "200 [ok] kept 2 left"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", "malformedResponse"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok", "malformedResponse"),
        ("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok", "malformedResponse"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "malformedResponse"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "malformedResponse"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "malformedResponse"),
        ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "malformedResponse"),
        ("HTTP/1.1 101 Switching\r\n\r\n", "malformedResponse"), ("HTTP/1.1 099 X\r\n\r\n", "malformedResponse"),
        ("HTTP/1.1 2000\r\n\r\n", "malformedResponse"), ("HTTP/2 200\r\n\r\n", "malformedResponse"),
        ("ICY 200 OK\r\n\r\n", "malformedResponse"), ("HTTX", "malformedResponse"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", "responseTooLarge"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n", "responseTooLarge"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "truncated"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab", "truncated"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "truncated"), ("HTTP/1.1 2", "truncated"), ("HT", "truncated"),
        ("", "connectionLost"),
    ]

    /// However the bytes are cut, the outcome is the same; an answer is complete without the connection's end, except one
    /// that says nothing about its length.
    @Test(arguments: cases) func answers(_ text: String, _ expected: String) {
        let bytes = Array(text.utf8)
        #expect(parse([bytes]) == expected)
        #expect(parse(bytes.map { [$0] }) == expected)
        for cut in bytes.indices { #expect(parse([Array(bytes[..<cut]), Array(bytes[cut...])]) == expected, "cut at \(cut)") }
        if expected.contains("kept") { #expect(parse([bytes], ends: false) == expected) }
    }

    @Test func anythingAtAllIsReadWithoutHarm() {
        var generator = SystemRandomNumberGenerator()
        let words = [
            "HTTP/1.1 200 OK\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "\r\n", "3\r\n", "abc", "0\r\n",
            "\n", ";", "ff",
        ]
        for _ in 0..<20_000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<8, using: &generator) {
                bytes += words.randomElement(using: &generator)?.utf8 ?? "".utf8
            }
            if Bool.random(using: &generator), !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255)
            }
            let cut = Int.random(in: 0...bytes.count, using: &generator)
            let whole = parse([bytes], limit: 5)
            #expect(
                parse([Array(bytes[..<cut]), Array(bytes[cut...])], limit: 5) == whole,
                "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func endlessLinesEnd() {
        let line = Array("X: \(String(repeating: "x", count: 5000))\r\n".utf8)
        #expect(parse([Array("HTTP/1.1 200 OK\r\n".utf8)] + Array(repeating: line, count: 60)) == "malformedResponse")
        #expect(parse(Array(repeating: Array(repeating: UInt8(ascii: "x"), count: 1000), count: 300)) == "malformedResponse")
    }
}

@Suite struct ProxyExceptionTests {
    @Test(arguments: [
        ("", "cloud.invalid", false), ("", "localhost", true), ("", "127.0.0.1", true), ("", "::1", true),
        ("*", "cloud.invalid", true),
        ("cloud.invalid", "CLOUD.invalid", true), ("cloud.invalid", "ecs.cloud.invalid", true),
        (".invalid", "cloud.invalid", true),
        ("loud.invalid", "cloud.invalid", false), ("a, cloud.invalid ,b", "cloud.invalid", true),
        ("10.0.0.0/8", "10.1.2.3", true),
        ("10.0.0.0/8", "11.1.2.3", false), ("10.0.0.0/0", "11.1.2.3", true), ("10.1.2.3/32", "10.1.2.3", true),
        ("10.1.2.3/33", "10.1.2.3", false),
        ("10.1.2.0/x", "10.1.2.3", false), ("fd00::/8", "fd12::1", true), ("fd00::/8", "fe12::1", false),
        ("[fd12::1]", "fd12::1", true),
        ("0.0.0.0/0", "::2", false), ("2001:db8::/64", "2001:db8::ffff", true), ("2001:db8::/64", "2001:db8:0:1::", false),
    ])
    func hosts(_ exceptions: String, _ host: String, _ isExcepted: Bool) {
        #expect(ProxySettings(http: "http://p", exceptions: exceptions).excepts(host: host) == isExcepted)
    }

    @Test(arguments: [
        ("http://u:p%40ss@proxy:1/", true, "u:p@ss"), ("proxy:1", true, nil), ("socks5://u:p@proxy", false, "u:p"),
        ("https://proxy", true, nil),
    ])
    func addresses(_ url: String, _ isHTTP: Bool, _ credentials: String?) {
        let address = ProxyAddress(url)
        #expect(address.isHTTP == isHTTP)
        #expect(address.credentials.map { String(decoding: $0, as: UTF8.self) } == credentials)
    }
}
