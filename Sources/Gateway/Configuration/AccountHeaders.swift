import Bytes
import Routes

/// Reads the header lines that an account adds to every call.
enum AccountHeaders {
    /// Set by the gateway itself, in lower case.
    private static let reserved: Set<String> = [
        "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "date",
        "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "x-acs-action",
        "x-acs-content-sha256", "x-acs-date", "x-acs-security-token", "x-acs-signature-nonce", "x-acs-version",
    ]

    /// Names the region of a call to the private cloud.
    static let region = "x-acs-regionid"

    /// What names a tenant of the private cloud, by the key of the configuration.
    private static let tenants = [("organization", "x-acs-organizationid"), ("resource-set", "x-acs-resourcegroupid")]

    /// The headers that name the account's tenant. `others` are those that the configuration writes out.
    static func readTenant(
        _ section: ConfigurationSection, _ dialect: Dialect, besides others: [Configuration.Account.Header]
    ) -> [Configuration.Account.Header] {
        tenants.compactMap { key, name in
            let value = section[key]
            guard value.isPresent else { return nil }
            if dialect != .apsara {
                value.report(found: "`\(key)` in an account of the public cloud", allowed: "it with `dialect: apsara` only")
            }
            if others.contains(where: { $0.name.lowercased() == name }) {
                value.report(found: "`\(key)` beside the header `\(name)`", allowed: "one of them")
            }
            let text = value.requiredText(allowed: "an id") { text in
                (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            }
            return Configuration.Account.Header(name: name, value: text)
        }
    }

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
