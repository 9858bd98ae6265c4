import Bytes

/// Reads the header lines that an account adds to every call.
enum AccountHeaders {
    /// Set by the gateway itself, in lower case.
    private static let reserved: Set<String> = [
        "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "date",
        "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "x-acs-action",
        "x-acs-content-sha256", "x-acs-date", "x-acs-security-token", "x-acs-signature-nonce", "x-acs-version",
    ]

    static func read(_ value: ConfigurationValue) -> [Configuration.Account.Header] {
        guard value.isPresent else { return [] }
        var seen: Set<String> = []
        return value.named(allowed: "a mapping of header names to values").compactMap { name, entry in
            let lower = name.lowercased()
            if !isToken(name) {
                entry.report(found: "header name \(name.quoted)", allowed: "letters, digits and `-`")
            } else if reserved.contains(lower) {
                entry.report(found: "header \(name.quoted)", allowed: "headers that the gateway does not set itself")
            } else if !seen.insert(lower).inserted {
                entry.report(found: "header \(name.quoted) a second time", allowed: "each header once")
            }
            guard let text = entry.scalar(allowed: "printable ASCII text") else { return nil }
            if !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
                entry.report(found: text.quoted, allowed: "printable ASCII text")
            }
            return Configuration.Account.Header(name: name, value: text)
        }
    }

    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 128
            && name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    }
}
