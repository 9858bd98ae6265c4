import Bytes

/// The address of a server: scheme, host and port, nothing more. What is written in configuration as `https://host[:port]`.
struct BaseURL: Hashable, Sendable {
    /// What ``init(_:)`` reads, in words.
    static let form = "`https://host[:port]` or `http://host[:port]`"

    var isSecure: Bool
    /// In lower case; an IPv6 address is in brackets.
    var host: String
    var port: UInt16?

    /// Nil for other schemes, for a user name, a path (a single `/` is left out), a query, and for a host with anything but
    /// letters, digits, dots and hyphens.
    init?(_ text: String) {
        var rest = Substring(text)
        if rest.hasPrefix("https://") {
            (isSecure, rest) = (true, rest.dropFirst(8))
        } else if rest.hasPrefix("http://") {
            (isSecure, rest) = (false, rest.dropFirst(7))
        } else {
            return nil
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let hostEnd = rest.hasPrefix("[") ? rest.firstIndex(of: "]").map(rest.index(after:)) : rest.firstIndex(of: ":")
        host = rest[..<(hostEnd ?? rest.endIndex)].lowercased()
        rest = rest[(hostEnd ?? rest.endIndex)...]
        guard Self.isHost(host) else { return nil }
        if rest.isEmpty {
            port = nil
        } else {
            let digits = rest.dropFirst()
            guard rest.hasPrefix(":"), digits.utf8.allSatisfy(\.isASCIIDigit), let number = UInt16(digits), number > 0
            else { return nil }
            port = number
        }
    }

    /// `https://host[:port]`
    var text: String {
        "\(isSecure ? "https" : "http")://\(host)\(port.map { ":\($0)" } ?? "")"
    }

    /// Whether only this machine answers there.
    var isLocal: Bool { host == "localhost" || host == "[::1]" || host.hasPrefix("127.") }

    private static func isHost(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        if bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]"), bytes.count > 2 {
            return bytes[1..<bytes.count - 1].allSatisfy {
                $0.hexDigitValue != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
            }
        }
        return !bytes.isEmpty && bytes.count <= 253
            && bytes.allSatisfy {
                $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
            }
    }
}
