import Bytes
import Testing

@testable import HTTP

/// The pure parts of the client.
@Suite struct ClientPartsTests {
    @Test(arguments: [
        ("http://h", false, "http://h", ""), ("https://h:8443/p?q=1", true, "https://h:8443", "/p?q=1"),
        ("HTTPS://[::1]:1?x=//", true, "HTTPS://[::1]:1", "?x=//"),
    ])
    func urlsAreCut(_ text: String, _ isSecure: Bool, _ origin: String, _ target: String) {
        Array(text.utf8).withView { bytes in
            let url = UpstreamURL(bytes)
            #expect(url?.isSecure == isSecure)
            #expect(url?.origin.text == origin)
            #expect(url?.target.text == target)
        }
    }

    @Test func theFirstOfRepeatedFieldsCountsAndLongOnesAreDropped() {
        var fields = ResponseFields()
        let long = String(repeating: "x", count: ResponseFields.maxValueBytes + 1)
        for line in ["Content-Type: \(long)\r\n", "content-TYPE: a\r\n", "Content-Type: b\r\n", "Retry-After: \r\n", "no colon"] {
            Array(line.utf8).withView { fields.add(line: $0) }
        }
        #expect(fields.withValue(of: .contentType) { $0?.text } == "a")
        #expect(fields.withValue(of: .retryAfter) { $0?.text } == nil)
    }

    @Test(arguments: [("5", 5), ("0", 0), ("", nil), ("-1", nil), ("5 ", 5), ("5,5", nil), ("9999999999999999999", nil)])
    func contentLengths(_ value: String, _ expected: Int?) {
        var fields = ResponseFields()
        Array("Content-Length: \(value)\r\n".utf8).withView { fields.add(line: $0) }
        #expect(fields.contentLength == expected)
    }

    @Test(arguments: [
        ("x-a", "b", true), ("", "b", false), ("x a", "b", false), ("x:a", "b", false), ("x-a", "b\nc", false),
        ("x-a", "b\u{0}", false), ("x-a", "tab\tand \u{e4}", true), ("x-a", "\u{7f}", false),
    ])
    func headerLines(_ name: String, _ value: String, _ isValid: Bool) {
        var lines = HeaderLines()
        Array(name.utf8).withView { name in Array(value.utf8).withView { lines.append(name, $0) } }
        #expect(lines.isValid == isValid)
        #expect(lines.count == (isValid ? 1 : 0))
    }

    @Test func timeoutsAreNanosecondsAndNeverOverflow() {
        let timeouts = UpstreamTimeouts(
            connect: .milliseconds(1500), firstByte: .seconds(-1), total: .seconds(Int64.max / 2))
        #expect(timeouts.connect == 1_500_000_000)
        #expect(timeouts.firstByte == 0)
        #expect(timeouts.total == .max)
    }

    @Test(
        arguments: [
            ([:], nil, nil, ""),
            (["HTTPS_PROXY": "http://p:1"], nil, "http://p:1", ""),
            (["HTTPS_PROXY": "http://p:1", "https_proxy": "http://q:1"], nil, "http://q:1", ""),
            (["HTTP_PROXY": "http://evil:1"], nil, nil, ""),
            (["http_proxy": "http://p:1", "NO_PROXY": "a,b"], "http://p:1", nil, "a,b"),
            (["ALL_PROXY": "http://p:1", "https_proxy": ""], "http://p:1", "http://p:1", ""),
        ] as [([String: String], String?, String?, String)])
    func proxiesFromTheEnvironment(_ variables: [String: String], _ http: String?, _ https: String?, _ exceptions: String) {
        #expect(
            ProxySettings.fromEnvironment { variables[$0] }
                == ProxySettings(http: http, https: https, exceptions: exceptions))
    }
}
