import Bytes
import Testing

@testable import Auth

/// Where a request comes from, told by the connection and, for trusted proxies, by X-Forwarded-For.
struct TrustedProxiesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let peer: String?
        let lines: [String]
        let source: String
        var testDescription: String { "\(peer ?? "unix") \(lines) -> \(source)" }

        init(_ peer: String?, _ lines: [String], _ source: String) {
            self.peer = peer
            self.lines = lines
            self.source = source
        }
    }

    static let cases = [
        Case("192.0.2.1", [], "192.0.2.1"),
        // Who is not trusted says what it wants.
        Case("192.0.2.1", ["10.0.0.1"], "192.0.2.1"),
        Case("10.0.0.1", [], "10.0.0.1"),
        Case("10.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        Case("10.0.0.1", ["1.1.1.1, 192.0.2.7"], "192.0.2.7"),
        Case("10.0.0.1", ["garbage, 192.0.2.7"], "192.0.2.7"),
        Case("10.0.0.1", ["1.1.1.1, 192.0.2.7, 10.0.0.2"], "192.0.2.7"),
        Case("10.0.0.1", ["1.1.1.1", "192.0.2.7 ,10.0.0.2"], "192.0.2.7"),
        Case("10.0.0.1", ["192.0.2.7", "10.0.0.3", "10.0.0.2"], "192.0.2.7"),
        Case("10.0.0.1", ["10.0.0.9, 10.0.0.2"], "10.0.0.9"),
        Case("10.0.0.1", [" , 192.0.2.7,, "], "192.0.2.7"),
        Case("10.0.0.1", ["192.0.2.7:4711"], "192.0.2.7"),
        Case("10.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        Case("10.0.0.1", ["[2001:db8::7]"], "2001:db8::7"),
        Case("10.0.0.1", ["2001:db8::7"], "2001:db8::7"),
        Case("10.0.0.1", ["::ffff:192.0.2.7"], "192.0.2.7"),
        Case("10.0.0.1", ["::ffff:10.0.0.2"], "10.0.0.2"),
        Case("::ffff:10.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        Case("2001:db8:1::1", ["192.0.2.7"], "192.0.2.7"),
        Case("2001:db8:2::1", ["192.0.2.7"], "2001:db8:2::1"),
        Case("10.0.0.1", ["192.0.2.7, unknown"], "unknown"),
        Case("10.0.0.1", ["192.0.2.7, _hidden"], "unknown"),
        Case("10.0.0.1", ["192.0.2.7, 10.0.0.256"], "unknown"),
        Case("10.0.0.1", ["192.0.2.7, 10.0.0.2:"], "unknown"),
        Case("10.0.0.1", ["192.0.2.7, 10.0.0.2:x"], "unknown"),
        Case("10.0.0.1", ["[192.0.2.7]"], "unknown"),
        Case("10.0.0.1", ["[2001:db8::7"], "unknown"),
        Case("10.0.0.1", ["[2001:db8::7]x"], "unknown"),
        Case(nil, [], "unix"),
        Case(nil, ["192.0.2.7"], "192.0.2.7"),
    ]

    private static func address(_ text: String) -> NetworkAddress? { Array(text.utf8).withView { NetworkAddress($0) } }

    private static func blocks(_ texts: String...) -> [AddressBlock] {
        texts.compactMap { text in Array(text.utf8).withView { AddressBlock($0) } }
    }

    private static func source(_ proxies: TrustedProxies, _ peer: String?, _ lines: [String]) -> String {
        let bytes = lines.map { Array($0.utf8) }
        func views(_ rest: ArraySlice<[UInt8]>, _ before: [ByteView]) -> String {
            guard let first = rest.first else { return "\(proxies.source(of: peer.flatMap(address), forwarded: before))" }
            return first.withView { views(rest.dropFirst(), before + [$0]) }
        }
        return views(bytes[...], [])
    }

    @Test("from the right, until the first address that is not trusted", arguments: cases)
    func source(_ line: Case) {
        let proxies = TrustedProxies(Self.blocks("10.0.0.0/8", "2001:db8:1::/48"), includesUnixSockets: true)
        #expect(Self.source(proxies, line.peer, line.lines) == line.source)
    }

    @Test("nobody is trusted by default")
    func nobody() {
        #expect(Self.source(TrustedProxies(), "127.0.0.1", ["192.0.2.7"]) == "127.0.0.1")
        #expect(Self.source(TrustedProxies(), nil, ["192.0.2.7"]) == "unix")
    }

    @Test("what an address that nobody can read means to policies")
    func unknown() throws {
        var context = RequestContext(currentTime: Instant(wallNanoseconds: 0), isSecureTransport: false)
        context.source = .unknown
        let key = try #require(ConditionKey("acs:SourceIp"))
        guard case .unknown = context.value(of: key, resource: 0, arn: .empty) else {
            Issue.record("not unknown")
            return
        }
    }

    @Test(
        "the protocol that a proxy was called by",
        arguments: [
            ("https", true), ("HTTPS", true), ("http", false), ("http, https", true), ("https, http", false), ("", false),
        ])
    func secure(_ text: String, _ expected: Bool) {
        #expect(Array(text.utf8).withView { TrustedProxies.isSecure($0) } == expected)
    }
}
