import Auth
import Bytes
import Glibc

/// Reads by what else than tokens a principal is known.
enum PrincipalIdentities {
    private static let certificateForm =
        "a mapping of one kind of name, `subject`, `common-name`, `dns`, `email` or `uri`, to the name"

    /// The names in client certificates.
    static func certificates(_ value: ConfigurationValue) -> [CertificateRule] {
        guard value.isPresent else { return [] }
        return value.list(allowed: "a list of names in certificates").compactMap { element in
            element.section(allowed: certificateForm) { rule($0, element) } ?? nil
        }
    }

    private static func rule(_ section: ConfigurationSection, _ element: ConfigurationValue) -> CertificateRule? {
        let kinds: [(String, (String) -> CertificateRule)] = [
            ("subject", CertificateRule.subject), ("common-name", CertificateRule.commonName), ("dns", CertificateRule.dns),
            ("email", CertificateRule.email), ("uri", CertificateRule.uri),
        ]
        let rules = kinds.compactMap { key, make in
            section[key].isPresent ? make(section[key].requiredText(allowed: "the whole name, without wildcards")) : nil
        }
        guard rules.count == 1 else {
            element.report(found: "\(rules.count) kinds of names", allowed: certificateForm)
            return nil
        }
        return rules[0]
    }

    /// The users and groups of this machine, `{users: [1000, www-data], groups: [staff]}`.
    static func processes(_ value: ConfigurationValue) -> (users: [UInt32], groups: [UInt32]) {
        guard value.isPresent else { return ([], []) }
        return value.section(allowed: "a mapping with `users`, `groups` or both") { section in
            let users = ids(section["users"], "a user of this machine, by number or name", user)
            let groups = ids(section["groups"], "a group of this machine, by number or name", group)
            if section["users"].hasNoElements, section["groups"].hasNoElements {
                value.report(found: "no user and no group", allowed: "one at least")
            }
            return (users, groups)
        } ?? ([], [])
    }

    private static func ids(_ value: ConfigurationValue, _ allowed: String, _ find: (String) -> UInt32?) -> [UInt32] {
        guard value.isPresent else { return [] }
        return value.list(allowed: "a list: \(allowed)").compactMap { element in
            guard let text = element.scalar(allowed: allowed) else { return nil }
            // The largest number stands for "not known".
            if text.utf8.allSatisfy(\.isASCIIDigit), let number = UInt32(text), number < .max { return number }
            if let id = find(text) { return id }
            element.report(found: text.quoted, allowed: allowed)
            return nil
        }
    }

    private static func user(_ name: String) -> UInt32? {
        var entry = passwd()
        return withLookUp { buffer, count, found in
            var result: UnsafeMutablePointer<passwd>?
            guard getpwnam_r(name, &entry, buffer, count, &result) == 0, result != nil else { return }
            found = entry.pw_uid
        }
    }

    private static func group(_ name: String) -> UInt32? {
        var entry = Glibc.group()
        return withLookUp { buffer, count, found in
            var result: UnsafeMutablePointer<Glibc.group>?
            guard getgrnam_r(name, &entry, buffer, count, &result) == 0, result != nil else { return }
            found = entry.gr_gid
        }
    }

    private static func withLookUp(_ body: (UnsafeMutablePointer<CChar>, Int, inout UInt32?) -> Void) -> UInt32? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1 << 16) { buffer in
            var found: UInt32?
            if let start = buffer.baseAddress { body(start, buffer.count, &found) }
            return found
        }
    }
}
