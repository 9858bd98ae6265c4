import Auth
import Bytes
import Signer

extension Configuration.Principal {
    /// What a token hash looks like, in words.
    static let hashForm = "`sha256:` and 64 hexadecimal digits, as `gateway token new` prints them"

    /// What the decoding of one principal has to know of the others, and learns for those that follow.
    struct Surroundings {
        /// The names that there are; nil when that is unknown.
        var policies: Set<String>?
        var groups: Set<String>
        /// Whether callers may come who are named nowhere here.
        var hasIssuers: Bool
        fileprivate var tokens: [TokenHash: String] = [:]
        fileprivate var certificates: [CertificateRule: String] = [:]
        fileprivate var users: [UInt32: String] = [:]
        fileprivate var unixGroups: [UInt32: String] = [:]

        init(policies: Set<String>?, groups: [String], hasIssuers: Bool) {
            self.policies = policies
            self.groups = Set(groups)
            self.hasIssuers = hasIssuers
        }
    }

    /// Every principal of the mapping `principals`.
    static func all(_ value: ConfigurationValue, _ surroundings: Surroundings) -> [Self] {
        if !value.isPresent, surroundings.hasIssuers { return [] }
        var surroundings = surroundings
        let entries = value.named(allowed: "a mapping of principal names")
        if entries.isEmpty, value.kind == "a mapping" { value.report(found: "no principal", allowed: "at least one") }
        return entries.compactMap { name, entry in
            Configuration.Account.checkName(name, entry, what: "principal")
            return entry.section(allowed: "a mapping with `tokens` and `policies`") { section in
                Self(name: name, section: section, &surroundings)
            }
        }
    }

    private init(name: String, section: ConfigurationSection, _ surroundings: inout Surroundings) {
        self.name = name
        kind = section["type"].choice(.user)
        tokens = Self.tokens(section["tokens"], name, kind, &surroundings)
        accessKeys = AccessKey.all(section["access-keys"])
        groups = Self.groups(section["groups"], known: surroundings.groups)
        policies = Self.policies(section["policies"], known: surroundings.policies)
        certificates = PrincipalIdentities.certificates(section["certificates"])
        for rule in certificates {
            Self.claim(rule, in: &surroundings.certificates, name, section["certificates"], "a name in a certificate")
        }
        (unixUsers, unixGroups) = PrincipalIdentities.processes(section["unix"])
        for user in unixUsers { Self.claim(user, in: &surroundings.users, name, section["unix"], "the user \(user)") }
        for group in unixGroups { Self.claim(group, in: &surroundings.unixGroups, name, section["unix"], "the group \(group)") }
        roles = Self.roles(section["assume-role"])
        if tokens.isEmpty, accessKeys.isEmpty, certificates.isEmpty, unixUsers.isEmpty, unixGroups.isEmpty,
            !surroundings.hasIssuers,
            !section["tokens"].isPresent
        {
            section.value.warn(found: "no token", better: "add one to `tokens`: nobody can call as \(name.quoted)")
        }
        if policies.isEmpty, groups.isEmpty {
            section.value.warn(found: "no policy", better: "add one to `policies`: every call of \(name.quoted) is refused")
        }
    }

    /// Notes that `key` stands for the principal `name`; two for one are a fault.
    private static func claim<Key: Hashable>(
        _ key: Key, in owners: inout [Key: String], _ name: String, _ value: ConfigurationValue, _ what: String
    ) {
        guard let owner = owners.updateValue(name, forKey: key), owner != name else { return }
        value.report(found: "\(what) that \(owner.quoted) has too", allowed: "each for one principal")
    }

    private static func tokens(
        _ value: ConfigurationValue, _ name: String, _ kind: Auth.Principal.Kind, _ surroundings: inout Surroundings
    ) -> [Token] {
        guard value.isPresent else { return [] }
        if kind == .role {
            value.report(
                found: "tokens of a role", allowed: "no tokens: callers take a role on by a JWT, a certificate or a process")
        }
        var tokens: [Token] = []
        for element in value.list(allowed: "a list of token hashes") {
            guard let token = token(element) else { continue }
            if let owner = surroundings.tokens.updateValue(name, forKey: token.hash) {
                element.report(found: "a token that \(owner.quoted) has too", allowed: "each token once")
            }
            tokens.append(token)
        }
        return tokens
    }

    private static func groups(_ value: ConfigurationValue, known: Set<String>) -> [String] {
        guard value.isPresent else { return [] }
        return value.list(allowed: "a list of group names").compactMap { element in
            guard let name = element.scalar(allowed: "the name of a group") else { return nil }
            if !known.contains(name) { element.reportUnknown("group", name, known: known.sorted()) }
            return name
        }
    }

    static func policies(_ value: ConfigurationValue, known: Set<String>?) -> [String] {
        guard value.isPresent else { return [] }
        return value.list(allowed: "a list of policy names").compactMap { element in
            guard let name = element.scalar(allowed: "the name of a policy") else { return nil }
            if let known, !known.contains(name) { element.reportUnknown("policy", name, known: known.sorted()) }
            return name
        }
    }

    /// One role or a list of roles, at most one of each account.
    private static func roles(_ value: ConfigurationValue) -> [String] {
        guard value.isPresent else { return [] }
        let elements: [ConfigurationValue]
        if case .sequence? = value.node { elements = value.list(allowed: "a list of roles") } else { elements = [value] }
        var accounts: Set<String> = []
        return elements.map { element in
            let role = SessionReader.role(element, in: nil)
            if let account = RoleSession.account(ofRole: role), !accounts.insert(account).inserted {
                element.report(found: "a second role of account \(account.quoted)", allowed: "one of each account")
            }
            return role
        }
    }

    private static func token(_ value: ConfigurationValue) -> Token? {
        guard case .mapping? = value.node else { return hash(value).map { Token(hash: $0) } }
        return value.section(allowed: hashForm) { section -> Token? in
            let hash = hash(section["hash"])
            let name = section["name"]
            let expires = section["expires"]
            return hash.map {
                Token(
                    name: name.isPresent ? name.requiredText(allowed: "a name") : nil, hash: $0,
                    expires: expires.isPresent ? instant(expires) : nil
                )
            }
        } ?? nil
    }

    /// The hash here. What stands here may be the token itself: it is never repeated.
    private static func hash(_ value: ConfigurationValue) -> TokenHash? {
        guard case .scalar(let scalar)? = value.node else {
            value.report(found: value.kind, allowed: hashForm)
            return nil
        }
        do {
            return try Array(scalar.string.utf8).withView { (text) throws(TokenHashFault) in try TokenHash(parsing: text) }
        } catch {
            value.report(found: error.found, allowed: "\(hashForm); a token that stood here in clear is to be replaced")
            return nil
        }
    }

    private static func instant(_ value: ConfigurationValue) -> Timestamp? {
        let allowed = "an instant in UTC, such as `2027-01-31T00:00:00Z`"
        guard let text = value.scalar(allowed: allowed) else { return nil }
        let instant = Array(text.utf8).withView { Timestamp($0) }
        if instant == nil { value.report(found: text.quoted, allowed: allowed) }
        return instant
    }
}
