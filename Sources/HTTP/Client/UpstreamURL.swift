import Bytes

/// An absolute URL cut into what names the server and what is asked of it.
///
/// libcurl takes a URL apart byte by byte, several microseconds for a long query. Given the origin alone, which it was
/// given before, and the target as it is to be sent, it has next to nothing to do.
struct UpstreamURL {
    /// Whether the scheme is https rather than http.
    let isSecure: Bool
    /// `scheme://authority`.
    let origin: ByteView
    /// Path and query, or the query alone, or nothing.
    let target: ByteView

    /// Views into `url`, or nil when it is neither http nor https, has a fragment, or holds bytes that no URL has.
    init?(_ url: ByteView) {
        guard url.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else { return nil }
        let start: Int
        if url.slice(0..<8).equalsIgnoringCase("https://") {
            (isSecure, start) = (true, 8)
        } else if url.slice(0..<7).equalsIgnoringCase("http://") {
            (isSecure, start) = (false, 7)
        } else {
            return nil
        }
        var end = start
        while end < url.count, url[end] != UInt8(ascii: "/"), url[end] != UInt8(ascii: "?") { end += 1 }
        guard end > start else { return nil }
        origin = url.slice(0..<end)
        target = url.slice(end..<url.count)
    }
}
