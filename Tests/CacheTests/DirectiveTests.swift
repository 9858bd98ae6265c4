import Bytes
import Testing

@testable import Cache

@Suite struct DirectiveTests {
    @Test(
        arguments: [
            ("", false, false, false, nil),
            ("no-cache", true, false, false, nil),
            ("No-Cache", true, false, false, nil),
            ("no-store", false, true, false, nil),
            ("only-if-cached", false, false, true, nil),
            ("max-age=5", false, false, false, 5),
            ("max-age=0, no-cache", true, false, false, 0),
            (" ,, max-age = 7 ,\tno-store ,", false, true, false, 7),
            ("max-age=10, max-age=3, max-age=8", false, false, false, 3),
            ("max-age=\"12\"", false, false, false, 12),
            ("max-age=99999999999999999999999", false, false, false, 1 << 31),
            ("max-age", false, false, false, 0),
            ("max-age=", false, false, false, 0),
            ("max-age=-1", false, false, false, 0),
            ("max-age=1.5", false, false, false, 0),
            ("max-age=abc", false, false, false, 0),
            ("x=\"no-cache, no-store\", max-age=4", false, false, false, 4),
            ("x=\"\\\", no-cache\", only-if-cached", false, false, true, nil),
            ("x=\"unterminated, no-cache", false, false, false, nil),
            ("no-cache-please, xno-store, max-agee=3, no", false, false, false, nil),
            ("no-cache=\"field\"", true, false, false, nil),
            ("max-stale=3, min-fresh=2, no-transform", false, false, false, nil),
        ] as [(String, Bool, Bool, Bool, UInt64?)])
    func requestDirectives(_ value: String, _ noCache: Bool, _ noStore: Bool, _ onlyIfCached: Bool, _ maxAge: UInt64?) {
        let parsed = Array(value.utf8).withView(RequestCacheControl.parse)
        #expect(parsed.noCache == noCache && parsed.noStore == noStore)
        #expect(parsed.onlyIfCached == onlyIfCached && parsed.maxAge == maxAge)
    }

    @Test(arguments: [
        (CacheStatus.hit(ttl: 8), "acs-gateway; hit; ttl=8"),
        (.forwarded(.miss, isStored: true), "acs-gateway; fwd=uri-miss; stored"),
        (.forwarded(.stale, isStored: false), "acs-gateway; fwd=stale"),
        (.forwarded(.request, isStored: true), "acs-gateway; fwd=request; stored"),
        (.forwarded(.bypass, isStored: false), "acs-gateway; fwd=bypass"),
        (.forwarded(.method, isStored: false), "acs-gateway; fwd=method"),
        (.collapsed(.miss), "acs-gateway; fwd=uri-miss; collapsed"),
    ])
    func cacheStatus(_ status: CacheStatus, _ expected: String) {
        var output = Array("x".utf8)
        status.append(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "x" + expected)
    }

    @Test func lifetimesOfTheClasses() {
        let policy = CachePolicy()
        let seconds = CachePolicy.Class.allCases.map { policy.lifetime(of: $0) / second }
        #expect(seconds == [600, 10, 5, 2, 0])
    }
}
