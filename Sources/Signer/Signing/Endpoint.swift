import Bytes

/// Where an API of the cloud is reached: scheme, host and port, with nothing behind them.
public struct Endpoint: Hashable, Sendable {
    /// Whether calls go over TLS.
    public let isSecure: Bool
    /// `ecs.aliyuncs.com` or `127.0.0.1:8081`: the Host header's value, which header signatures cover. A scheme's own
    /// port is left out, as clients do.
    public let host: [UInt8]
    /// `https://ecs.aliyuncs.com/`, ready for a query.
    public let url: [UInt8]

    /// Reads `http://host[:port]` or `https://…`, with or without a slash at the end; nil for anything else: another
    /// scheme, user information, a path, a query or a fragment.
    public init?(_ text: String) {
        var rest = Substring(text)
        if rest.lowercased().hasPrefix("https://") {
            isSecure = true
            rest = rest.dropFirst(8)
        } else if rest.lowercased().hasPrefix("http://") {
            isSecure = false
            rest = rest.dropFirst(7)
        } else {
            return nil
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard var authority = Self.authority(rest) else { return nil }
        let ownPort = isSecure ? ":443" : ":80"
        if authority.hasSuffix(ownPort) { authority.removeLast(ownPort.utf8.count) }
        host = Array(authority.utf8)
        url = Array((isSecure ? "https://" : "http://").utf8) + host + [UInt8(ascii: "/")]
    }

    /// The host in small letters with its port, or nil when it is none.
    private static func authority(_ text: Substring) -> String? {
        let text = text.lowercased()
        var name = Substring(text)
        if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
            let port = text[text.index(after: colon)...]
            guard port.utf8.allSatisfy(\.isASCIIDigit), !port.hasPrefix("0"), let number = Int(port), number <= 65535
            else {
                return nil
            }
            name = text[..<colon]
        }
        if name.hasPrefix("["), name.hasSuffix("]") {
            let address = name.dropFirst().dropLast()
            let isAddress =
                address.contains(":")
                && address.utf8.allSatisfy {
                    $0.hexDigitValue != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
                }
            return isAddress ? text : nil
        }
        let isName =
            !name.isEmpty && name.utf8.count <= 253
            && name.utf8.allSatisfy {
                $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "_")
            }
        return isName ? text : nil
    }
}

extension Endpoint: CustomStringConvertible {
    public var description: String { String(decoding: url, as: UTF8.self) }
}
