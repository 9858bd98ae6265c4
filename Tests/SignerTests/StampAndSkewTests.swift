import Bytes
import Signer
import Testing

@Suite struct StampAndSkewTests {
    @Test func stampsNeverRepeatAcrossSources() {
        var seen: Set<String> = []
        for _ in 0..<20 {
            var source = StampSource()
            for second in 0..<500 {
                let (nonce, timestamp) = source.withStamp(Timestamp(secondsSinceEpoch: Int64(second / 100))) {
                    ($0.nonce.text, $0.timestamp.text)
                }
                #expect(nonce.utf8.count == 32)
                #expect(timestamp == "1970-01-01T00:00:0\(second / 100)Z")
                seen.insert(nonce)
            }
        }
        #expect(seen.count == 10_000)
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
        ("Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59Z"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"), ("Mon, 06 Nov 1994 08:49:37 GMT", nil),
        ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun Nov  6 08:49:37 1994", nil),
        ("Sun, 6 Nov 1994 08:49:37 GMT", nil),
        ("Sun, 06 Nov 1994 08:49:37 UTC", nil), ("Sun, 31 Nov 1994 08:49:37 GMT", nil),
        ("Sun, 06 nov 1994 08:49:37 GMT", nil),
        ("Sun, 06 Nov 1994 24:00:00 GMT", nil), ("Sun, -6 Nov 1994 08:49:37 GMT", nil), ("", nil),
        ("Sun, 06 Nov 1994 08:49:37 GMT ", nil),
    ])
    func readsHTTPDates(_ text: String, _ expected: String?) {
        #expect(Array(text.utf8).withView { Timestamp(httpDate: $0)?.description } == expected)
    }

    /// 1994-11-06T08:49:37Z by the cloud.
    private func observe(_ skew: ClockSkew, at local: Int64) -> Bool {
        Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8).withView {
            skew.observe(date: $0, at: Timestamp(secondsSinceEpoch: local))
        }
    }

    @Test func followsTheCloudsClock() {
        let cloud: Int64 = 784_111_777
        let skew = ClockSkew()
        #expect(skew.offset == 0)
        for noise in -1...1 {
            #expect(!observe(skew, at: cloud + Int64(noise)))
            #expect(skew.offset == 0)
        }
        #expect(observe(skew, at: cloud + 300))
        #expect(skew.offset == -300)
        #expect(skew.correct(Timestamp(secondsSinceEpoch: 1000)).secondsSinceEpoch == 700)
        #expect(!observe(skew, at: cloud + 301))
        #expect(skew.offset == -300)
        #expect(observe(skew, at: cloud))
        #expect(skew.offset == 0)
    }

    @Test(arguments: [Int64(784_111_777 - 86_401), 784_111_777 + 86_401, .max, .min])
    func doesNotBelieveAWildDate(_ local: Int64) {
        let skew = ClockSkew()
        #expect(!observe(skew, at: local))
        #expect(skew.offset == 0)
        #expect(!Array("nonsense".utf8).withView { skew.observe(date: $0, at: Timestamp(secondsSinceEpoch: 0)) })
    }

    @Test(arguments: [
        ("https://ecs.aliyuncs.com", "https://ecs.aliyuncs.com/", "ecs.aliyuncs.com"),
        ("https://ECS.aliyuncs.com:443/", "https://ecs.aliyuncs.com/", "ecs.aliyuncs.com"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081/", "127.0.0.1:8081"), ("http://a:80", "http://a/", "a"),
        ("http://a:443", "http://a:443/", "a:443"), ("HTTP://[::1]:81/", "http://[::1]:81/", "[::1]:81"),
        ("https://[fe80::1]", "https://[fe80::1]/", "[fe80::1]"),
    ])
    func readsEndpoints(_ text: String, _ url: String, _ host: String) {
        let endpoint = Endpoint(text)
        #expect(endpoint?.description == url)
        #expect(endpoint.map { String(decoding: $0.host, as: UTF8.self) } == host)
        #expect(endpoint?.isSecure == url.hasPrefix("https"))
    }

    @Test(arguments: [
        "", "ecs.aliyuncs.com", "ftp://a", "http://", "https:///", "http://a/b", "http://a?b", "http://a#b",
        "http://u@a",
        "http://a:0", "http://a:65536", "http://a:", "http://a:x", "http://a b", "http://[::1", "http://::1",
        "http://é",
        "http://a\r\nHost: b", "http://[x]", "http://a//",
    ])
    func refusesOtherURLs(_ text: String) {
        #expect(Endpoint(text) == nil)
    }
}
