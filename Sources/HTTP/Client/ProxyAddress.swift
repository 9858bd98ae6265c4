import Bytes

/// What the client itself must know of a proxy's URL; libcurl, which connects, reads the rest.
struct ProxyAddress {
    /// Whether the proxy speaks HTTP, rather than SOCKS.
    let isHTTP: Bool
    /// `user:password` in plain, or nil.
    let credentials: [UInt8]?

    /// Reads `[scheme://][user:password@]host[:port]`.
    init(_ url: String) {
        let parts = url.split(separator: "://", maxSplits: 1)
        isHTTP = parts.count < 2 || parts[0].lowercased().hasPrefix("http")
        let authority = parts.last?.prefix { $0 != "/" && $0 != "?" } ?? ""
        guard let at = authority.lastIndex(of: "@") else {
            credentials = nil
            return
        }
        var decoded: [UInt8] = []
        let isWhole = Array(authority[..<at].utf8).withView { PercentCoding.decode($0, plusIsSpace: false, into: &decoded) }
        credentials = isWhole ? decoded : Array(authority[..<at].utf8)
    }
}
