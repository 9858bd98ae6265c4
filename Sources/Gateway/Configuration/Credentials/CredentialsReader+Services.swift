import Bytes
import Signer

/// Keys that services and commands give.
extension CredentialsReader {
    func instanceRole(_ section: ConfigurationSection) -> InstanceRole {
        var role = InstanceRole()
        role.isHardened = section["hardened"].flag(role.isHardened)
        let name = section["role-name"]
        if name.isPresent {
            role.name = name.requiredText(allowed: "the name of a RAM role") { InstanceRole.isName($0.utf8) }
        }
        let endpoint = section["endpoint"]
        let allowed = "`http://host[:port]`, where the metadata service is"
        if let text = endpoint.isPresent ? endpoint.scalar(allowed: allowed) : nil {
            guard let address = Endpoint(text), !address.isSecure else {
                endpoint.report(found: text.quoted, allowed: allowed)
                return role
            }
            role.endpoint = String(decoding: address.url.dropLast(), as: UTF8.self)
        }
        return role
    }

    func assumedRole(_ section: ConfigurationSection, depth: Int) -> CredentialPlan {
        let role = SessionReader.role(section["role-arn"], in: depth == 0 ? accountID : nil)
        var session = RoleSession(role: role, name: SessionReader.name(section["session-name"]) ?? CredentialPlan.sessionName)
        session.duration = SessionReader.duration(section["duration"])
        session.policy = SessionReader.policy(section)
        session.externalID = SessionReader.externalID(section["external-id"])
        let source = section["source"]
        guard depth < Self.deepestChain else {
            source.report(found: "a chain of more than \(Self.deepestChain) roles", allowed: "fewer")
            return .assumedRole(session, with: .environment)
        }
        return .assumedRole(session, with: source.isPresent ? plan(source, depth: depth + 1) : .environment)
    }

    func oidcRole(_ section: ConfigurationSection) -> OIDCRole {
        var role = OIDCRole()
        if section["role-arn"].isPresent { role.role = SessionReader.role(section["role-arn"], in: accountID) }
        let provider = section["provider-arn"]
        if provider.isPresent {
            role.provider = provider.requiredText(allowed: "`acs:ram::ACCOUNT:oidc-provider/NAME`") {
                $0.hasPrefix("acs:ram::") && $0.contains(":oidc-provider/")
            }
        }
        let file = section["token-file"]
        if file.isPresent { role.tokenFile = file.path(allowed: "the file of the token") }
        role.sessionName = SessionReader.name(section["session-name"])
        role.duration = SessionReader.duration(section["duration"])
        role.policy = SessionReader.policy(section)
        return role
    }

    func uri(_ value: ConfigurationValue) -> String {
        let allowed = "`http://host[:port]/path` or `https://…`, without a user name"
        guard let text = value.scalar(allowed: allowed) else { return "" }
        // What stands there may be a secret: it is not repeated.
        guard CredentialPlan.isURL(text) else {
            value.report(found: "a text that is no such URL", allowed: allowed)
            return ""
        }
        let scheme = "http://"
        let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        if text.lowercased().hasPrefix(scheme), Endpoint(scheme + host)?.isLocal == false {
            value.warn(found: "plain HTTP to another machine", better: "`https://`: others on the way can read the key")
        }
        return text
    }

    func command(_ section: ConfigurationSection) -> ExternalCommand {
        let value = section["command"]
        let allowed = "a list of program and arguments, the program by its absolute path; there is no shell"
        let words = value.list(allowed: allowed).compactMap { $0.scalar(allowed: "a text") }
        if let program = words.first {
            if !program.hasPrefix("/") {
                value.report(found: "program \(program.quoted)", allowed: allowed)
            } else if let reason = FileText.whyNotRunnable(program) {
                value.report(found: "program \(program.quoted): \(reason)", allowed: allowed)
            }
        } else if value.isPresent {
            value.report(found: "an empty list", allowed: allowed)
        }
        let limit = section["time-limit"].duration(ExternalCommand.standardTimeLimit, in: .milliseconds(100)...(.seconds(300)))
        return ExternalCommand(arguments: words, timeLimit: limit)
    }
}
