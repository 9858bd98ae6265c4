import Bytes

/// The command line tool's `config.json`: profiles, of which each has a mode. Errors name lines, profiles and members, never
/// values.
struct ToolConfiguration {
    private let bytes: ByteView
    private let path: String
    private let runsCommands: Bool

    /// The modes that are supported.
    private static let modes = [
        "AK", "StsToken", "RamRoleArn", "EcsRamRole", "RamRoleArnWithRoleName", "ChainableRamRoleArn", "OIDC",
        "CredentialsURI", "External",
    ]
    /// Modes of the tool that are for people or for tests, or need what only the tool does.
    private static let otherModes = ["RsaKeyPair", "CloudSSO", "OAuth", "BearerToken", "Anonymous"]

    /// `bytes` must outlive this value. Only with `runsCommands` a profile may name a command to run.
    init(_ bytes: ByteView, path: String, runsCommands: Bool) {
        self.bytes = bytes
        self.path = path
        self.runsCommands = runsCommands
    }

    /// The key of a profile, or where it comes from; nil: of the one that the file calls `current`.
    func plan(of wanted: String?) throws(CredentialError) -> CredentialPlan {
        let (current, profiles) = try read()
        let name = wanted ?? current ?? "default"
        return try plan(of: name, in: profiles, above: [])
    }

    private func plan(
        of name: String, in profiles: [ToolProfile], above: [String]
    ) throws(CredentialError) -> CredentialPlan {
        guard let profile = profiles.first(where: { $0.name == name }) else {
            throw CredentialError(path, "has no profile `\(name)`")
        }
        guard !above.contains(name) else { throw fault(profile, "is its own source, by way of others") }
        switch profile.text("mode", bytes) ?? "AK" {
        case "AK": return .key(Credentials(key: try key(profile, withToken: false)))
        case "StsToken":
            return .key(Credentials(key: try key(profile, withToken: true), expiration: expiration(profile)))
        case "RamRoleArn":
            let hasToken = profile.text("sts_token", bytes) != nil
            return .assumedRole(
                try session(profile), with: .key(Credentials(key: try key(profile, withToken: hasToken))))
        case "EcsRamRole": return .instanceRole(try instanceRole(profile))
        case "RamRoleArnWithRoleName":
            return .assumedRole(try session(profile), with: .instanceRole(try instanceRole(profile)))
        case "ChainableRamRoleArn":
            let source = try required("source_profile", profile)
            return .assumedRole(try session(profile), with: try plan(of: source, in: profiles, above: above + [name]))
        case "OIDC":
            return .oidcRole(
                OIDCRole(
                    try session(profile), provider: try required("oidc_provider_arn", profile),
                    tokenFile: try required("oidc_token_file", profile)))
        case "CredentialsURI":
            let url = try required("credentials_uri", profile)
            guard CredentialsURI.isURL(url) else { throw fault(profile, "has a credentials_uri that is no URL") }
            return .uri(url)
        case "External":
            guard runsCommands else {
                throw fault(
                    profile, "names a command, which is run only where the gateway's configuration says `run-commands: true`")
            }
            let words = try required("process_command", profile).split(separator: " ").map(String.init)
            guard !words.isEmpty else { throw fault(profile, "has no process_command") }
            return .process(ExternalCommand(arguments: words))
        case let mode where Self.otherModes.contains(mode):
            throw fault(profile, "has mode `\(mode)`, which is not supported; supported: \(Self.modes.joined(separator: ", "))")
        default: throw fault(profile, "has a mode that is not known; supported: \(Self.modes.joined(separator: ", "))")
        }
    }

    // MARK: Members of a profile

    private func key(_ profile: ToolProfile, withToken: Bool) throws(CredentialError) -> AccessKey {
        let id = try required("access_key_id", profile)
        guard let secret = profile.string("access_key_secret", bytes) else { throw fault(profile, "has no access_key_secret") }
        guard withToken else { return AccessKey(id: Array(id.utf8), secret: SecretBytes(secret, of: bytes)) }
        guard let token = profile.string("sts_token", bytes) else { throw fault(profile, "has no sts_token") }
        return AccessKey(
            id: Array(id.utf8), secret: SecretBytes(secret, of: bytes), securityToken: SecretBytes(token, of: bytes))
    }

    /// When a token expires, in seconds since 1970; nil when the file does not say.
    private func expiration(_ profile: ToolProfile) -> Timestamp? {
        profile.number("sts_expiration", bytes).flatMap { $0 > 0 ? Timestamp(secondsSinceEpoch: $0) : nil }
    }

    private func session(_ profile: ToolProfile) throws(CredentialError) -> RoleSession {
        let role = try required("ram_role_arn", profile)
        guard RoleSession.account(ofRole: role) != nil else { throw fault(profile, "has a ram_role_arn that is none") }
        let name = profile.text("ram_session_name", bytes) ?? CredentialPlan.sessionName
        guard RoleSession.isName(name) else { throw fault(profile, "has a ram_session_name that STS does not take") }
        var session = RoleSession(role: role, name: name)
        session.policy = profile.text("policy", bytes)
        session.externalID = profile.text("external_id", bytes)
        if let seconds = profile.number("expired_seconds", bytes), seconds > 0 {
            guard (Int64(RoleSession.shortestDuration)...Int64(RoleSession.longestDuration)).contains(seconds) else {
                throw fault(
                    profile,
                    "has expired_seconds outside of \(RoleSession.shortestDuration) to \(RoleSession.longestDuration)")
            }
            session.duration = Int(seconds)
        }
        return session
    }

    private func instanceRole(_ profile: ToolProfile) throws(CredentialError) -> InstanceRole {
        let name = profile.text("ram_role_name", bytes)
        guard name.map({ InstanceRole.isName($0.utf8) }) ?? true else {
            throw fault(profile, "has a ram_role_name that no role can have")
        }
        return InstanceRole(name: name)
    }

    private func required(_ member: StaticString, _ profile: ToolProfile) throws(CredentialError) -> String {
        guard let text = profile.text(member, bytes) else { throw fault(profile, "has no \(member)") }
        return text
    }

    private func fault(_ profile: ToolProfile, _ reason: String) -> CredentialError {
        CredentialError(path, line: LineMap(bytes).position(of: profile.offset).line, "profile `\(profile.name)` \(reason)")
    }

    // MARK: The document

    private func read() throws(CredentialError) -> (current: String?, profiles: [ToolProfile]) {
        var current: String?
        var profiles: [ToolProfile] = []
        var scanner = JSONScanner(bytes)
        do throws(JSONError) {
            guard try scanner.next() == .beginObject else { throw JSONError(.unexpectedByte, at: 0) }
            while case .name(let member) = try scanner.next() {
                let value = try scanner.next()
                if case .string(let text) = value, bytes.slice(member.range).equals("current") {
                    current = JSONText.string(text, of: bytes)
                } else if value == .beginArray, bytes.slice(member.range).equals("profiles") {
                    profiles += try ToolProfile.list(&scanner)
                } else {
                    try scanner.skipRest(of: value)
                }
            }
            guard try scanner.next() == .end else { throw JSONError(.trailingBytes, at: scanner.offset) }
        } catch {
            // The vendor's own SDK repeats the whole file here, secrets and all.
            throw CredentialError(path, line: LineMap(bytes).position(of: error.offset).line, "is no valid JSON: \(error)")
        }
        return (current, profiles)
    }
}
