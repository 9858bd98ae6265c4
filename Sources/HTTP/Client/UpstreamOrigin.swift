import Bytes

/// A server that calls go to, `scheme://host:port`, with the connections to it and the calls that wait for one.
///
/// Confined to the client's loop.
final class UpstreamOrigin {
    /// `scheme://authority` as in the calls' URLs.
    let name: [UInt8]
    let isSecure: Bool
    /// The proxy's URL, or nil when the server is reached directly.
    let proxy: String?
    /// What every request to the server has behind its first line: Host, User-Agent, Accept, and for a proxy its password.
    let commonLines: [UInt8]
    /// A proxy of plain http is sent the whole URL.
    let sendsWholeURL: Bool

    /// Connections without a call, the one used last at the end.
    var idle: [UpstreamConnection] = []
    /// Connections that are being made.
    var connecting: [UpstreamConnection] = []
    /// Connections of every state.
    var count = 0
    /// Calls that wait for a connection, the oldest first.
    var waiting: [UpstreamCall] = []

    /// Nil when `url` names no server.
    init?(_ url: UpstreamURL, _ configuration: ClientConfiguration) {
        guard !url.authority.contains(UInt8(ascii: "@")) else { return nil }
        name = Array(url.origin)
        isSecure = url.isSecure
        let settings = configuration.proxy
        let wanted = url.isSecure ? settings.https : settings.http
        proxy = settings.excepts(host: url.host.text) ? nil : wanted
        let proxyAddress = proxy.map(ProxyAddress.init)
        sendsWholeURL = proxyAddress?.isHTTP == true && !url.isSecure
        var lines: [UInt8] = []
        lines.append(" HTTP/1.1\r\nHost: ")
        lines.append(url.hostHeader)
        lines.append("\r\nUser-Agent: ")
        lines.append(text: configuration.userAgent)
        lines.append("\r\nAccept: */*\r\n")
        if sendsWholeURL, let credentials = proxyAddress?.credentials {
            lines.append("Proxy-Authorization: Basic ")
            credentials.withView { lines.append(base64: $0) }
            lines.append("\r\n")
        }
        commonLines = lines
    }
}
