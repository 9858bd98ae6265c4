import Bytes

/// The vendor's ini file: profiles in `[sections]`, `key = value`, comments on lines of their own (`#`, `;`) and behind
/// ` #`. Errors name lines and keys, never values.
struct IniFile {
    private let bytes: ByteView
    private let path: String

    /// `bytes` must outlive this value.
    init(_ bytes: ByteView, path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// The types that the vendor's SDKs know.
    private static let types = ["access_key", "ecs_ram_role", "ram_role_arn", "oidc_role_arn"]

    /// The lines of one profile: where it begins, and its entries.
    private struct Profile {
        var line: Int
        var entries: [(key: ByteView, value: ByteView)] = []

        func value(of key: StaticString) -> ByteView? {
            entries.first { $0.key.equalsIgnoringCase(key) && !$0.value.isEmpty }?.value
        }
    }

    /// The key of the profile called `name`, or where it comes from.
    func plan(of name: String) throws(CredentialError) -> CredentialPlan {
        let profile = try profile(name)
        func text(_ key: StaticString) throws(CredentialError) -> String {
            guard let value = profile.value(of: key) else { throw fault(profile.line, "profile `\(name)` has no \(key)") }
            return value.text
        }
        guard let type = profile.value(of: "type") else {
            throw fault(profile.line, "profile `\(name)` has no type (supported: \(Self.types.joined(separator: ", ")))")
        }
        switch type.text {
        case "access_key": return .key(try accessKey(profile, name))
        case "ecs_ram_role":
            let role = profile.value(of: "role_name")
            guard role.map({ InstanceRole.isName($0) }) ?? true else {
                throw fault(profile.line, "profile `\(name)` has a role_name that no role can have")
            }
            return .instanceRole(InstanceRole(name: role?.text))
        case "ram_role_arn":
            let key = try accessKey(profile, name)
            return .assumedRole(try session(profile, name, text), with: .key(key))
        case "oidc_role_arn":
            return .oidcRole(
                OIDCRole(
                    try session(profile, name, text), provider: try text("oidc_provider_arn"),
                    tokenFile: try text("oidc_token_file_path")))
        case "rsa_key_pair", "sts":
            throw fault(
                profile.line,
                "profile `\(name)` has type `\(type.text)`, which is not supported; supported: \(Self.types.joined(separator: ", "))"
            )
        default:
            throw fault(
                profile.line,
                "profile `\(name)` has a type that is not known; supported: \(Self.types.joined(separator: ", "))")
        }
    }

    private func accessKey(_ profile: Profile, _ name: String) throws(CredentialError) -> Credentials {
        guard let id = profile.value(of: "access_key_id") else {
            throw fault(profile.line, "profile `\(name)` has no access_key_id")
        }
        guard let secret = profile.value(of: "access_key_secret") else {
            throw fault(profile.line, "profile `\(name)` has no access_key_secret")
        }
        return Credentials(key: AccessKey(id: Array(id), secret: SecretBytes(copying: secret)))
    }

    private func session(
        _ profile: Profile, _ name: String, _ text: (StaticString) throws(CredentialError) -> String
    ) throws(CredentialError) -> RoleSession {
        let role = try text("role_arn")
        guard RoleSession.account(ofRole: role) != nil else {
            throw fault(profile.line, "profile `\(name)` has a role_arn that is none")
        }
        let session = profile.value(of: "role_session_name")?.text ?? CredentialPlan.sessionName
        guard RoleSession.isName(session) else {
            throw fault(profile.line, "profile `\(name)` has a role_session_name that STS does not take")
        }
        return RoleSession(role: role, name: session, policy: profile.value(of: "policy")?.text)
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
