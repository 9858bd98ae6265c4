import Bytes

/// The vendor's ini file: profiles in `[sections]`, `key = value`, comments on lines of their own (`#`, `;`) and behind
/// ` #`. Errors name lines and keys, never values.
struct CredentialFile {
    private let bytes: ByteView
    private let path: String

    /// `bytes` must outlive this value.
    init(_ bytes: ByteView, path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// The types that the vendor's SDKs know and that cannot be used here yet.
    private static let otherTypes = ["ecs_ram_role", "ram_role_arn", "oidc_role_arn", "rsa_key_pair", "sts"]

    /// The lines of one profile: where it begins, and its entries.
    private struct Profile {
        var line: Int
        var entries: [(key: ByteView, value: ByteView)] = []

        func value(of key: StaticString) -> ByteView? {
            entries.first { $0.key.equalsIgnoringCase(key) }?.value
        }
    }

    /// The key of the profile called `name`.
    func accessKey(of name: String) throws(CredentialError) -> AccessKey {
        let profile = try profile(name)
        guard let type = profile.value(of: "type"), !type.isEmpty else {
            throw fault(profile.line, "profile `\(name)` has no type (supported: access_key)")
        }
        guard type.equals("access_key") else {
            let known = Self.otherTypes.contains(type.text) ? "type `\(type.text)`" : "a type that is not known"
            throw fault(profile.line, "profile `\(name)` has \(known); supported: access_key")
        }
        guard let id = profile.value(of: "access_key_id"), !id.isEmpty else {
            throw fault(profile.line, "profile `\(name)` has no access_key_id")
        }
        guard let secret = profile.value(of: "access_key_secret"), !secret.isEmpty else {
            throw fault(profile.line, "profile `\(name)` has no access_key_secret")
        }
        return AccessKey(id: Array(id), secret: SecretBytes(copying: secret))
    }

    private func profile(_ name: String) throws(CredentialError) -> Profile {
        var found: Profile?
        var isInside = false
        var isInAny = false
        var start = 0
        var number = 0
        while start < bytes.count {
            let end = bytes.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? bytes.count
            let line = content(of: bytes.slice(start..<end))
            start = end + 1
            number += 1
            guard let first = line.first else { continue }
            if first == UInt8(ascii: "[") {
                guard line.count > 2, line[line.count - 1] == UInt8(ascii: "]") else {
                    throw fault(number, "section without `]`")
                }
                isInAny = true
                isInside = line.slice(1..<line.count - 1).trimmed.elementsEqual(name.utf8)
                if isInside {
                    if found != nil { throw fault(number, "profile `\(name)` given twice") }
                    found = Profile(line: number)
                }
                continue
            }
            guard let equals = line.firstOffset(of: UInt8(ascii: "=")), equals > 0 else {
                throw fault(number, "neither a section nor `key = value`")
            }
            guard isInAny else { throw fault(number, "entry before the first section") }
            guard isInside else { continue }
            let key = line.slice(0..<equals).trimmed
            let value = line.slice(equals + 1..<line.count).trimmed
            if found?.entries.contains(where: { $0.key.equals(key) }) == true {
                throw fault(number, "key given twice in profile `\(name)`")
            }
            found?.entries.append((key, value))
        }
        guard let found else { throw CredentialError(path, "has no profile `\(name)`") }
        return found
    }

    /// A line without comment, blanks at both ends and carriage return.
    private func content(of line: ByteView) -> ByteView {
        var line = line
        if line.last == UInt8(ascii: "\r") { line = line.slice(0..<line.count - 1) }
        line = line.trimmed
        if line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: ";") { return .empty }
        var from = 0
        while let sign = line.firstOffset(of: UInt8(ascii: "#"), from: from) {
            if line[sign - 1] == UInt8(ascii: " ") || line[sign - 1] == UInt8(ascii: "\t") {
                return line.slice(0..<sign).trimmed
            }
            from = sign + 1
        }
        return line
    }

    private func fault(_ line: Int, _ reason: String) -> CredentialError {
        CredentialError(path, line: line, reason)
    }
}
