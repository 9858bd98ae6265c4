import Bytes

/// An absolute URL cut into what names the server and what is asked of it.
struct UpstreamURL {
    /// Whether the scheme is https rather than http.
    let isSecure: Bool
    /// `scheme://authority`.
    let origin: ByteView
    /// Host and port.
    let authority: ByteView
    /// Path and query, or the query alone, or nothing.
    let target: ByteView

    /// Views into `url`, or nil when it is neither http nor https, has a fragment, or holds bytes that no URL has.
    init?(_ url: ByteView) {
        guard Self.isPlain(url) else { return nil }
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
        authority = url.slice(start..<end)
        target = url.slice(end..<url.count)
    }

    /// The host without its port and without the brackets of an IPv6 address.
    var host: ByteView {
        if authority.first == UInt8(ascii: "["), let end = authority.firstOffset(of: UInt8(ascii: "]")) {
            return authority.slice(1..<end)
        }
        return authority.slice(0..<(authority.firstOffset(of: UInt8(ascii: ":")) ?? authority.count))
    }

    /// The value of the Host header: the authority, without the scheme's own port.
    var hostHeader: ByteView {
        let ownPort: StaticString = isSecure ? ":443" : ":80"
        let end = authority.count - ownPort.utf8CodeUnitCount
        return end > 0 && authority.slice(end..<authority.count).equals(ownPort) ? authority.slice(0..<end) : authority
    }

    /// Whether all bytes are visible ASCII and none is a `#`. Without an early exit, so that it is vectorised.
    private static func isPlain(_ url: ByteView) -> Bool {
        var strange: UInt8 = 0
        for byte in url { strange |= byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "#") ? 1 : 0 }
        return strange == 0
    }
}
