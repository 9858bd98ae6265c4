import Auth
import Bytes
import Signer

extension Configuration.Principal {
    /// What a token hash looks like, in words.
    static let hashForm = "`sha256:` and 64 hexadecimal digits, as `gateway token new` prints them"

    /// Every principal of the mapping `principals`.
    /// - Parameter policies: the names that there are; nil when that is unknown.
    static func all(_ value: ConfigurationValue, policies: Set<String>?) -> [Self] {
        let entries = value.named(allowed: "a mapping of principal names")
        if entries.isEmpty, value.kind == "a mapping" { value.report(found: "no principal", allowed: "at least one") }
        var owners: [TokenHash: String] = [:]
        return entries.compactMap { name, entry in
            Configuration.Account.checkName(name, entry, what: "principal")
            return entry.section(allowed: "a mapping with `tokens` and `policies`") { section in
                Self(name: name, section: section, known: policies, owners: &owners)
            }
        }
    }

    private init(name: String, section: ConfigurationSection, known: Set<String>?, owners: inout [TokenHash: String]) {
        self.name = name
        let tokenList = section["tokens"]
        tokens = []
        if tokenList.isPresent {
            for element in tokenList.list(allowed: "a list of token hashes") {
                guard let token = Self.token(element) else { continue }
                if let owner = owners.updateValue(name, forKey: token.hash) {
                    element.report(found: "a token that \(owner.quoted) has too", allowed: "each token once")
                }
                tokens.append(token)
            }
        }
        policies = Self.policies(section["policies"], known: known)
        roles = Self.roles(section["assume-role"])
        if tokens.isEmpty, !tokenList.isPresent {
            section.value.warn(found: "no token", better: "add one to `tokens`: nobody can call as \(name.quoted)")
        }
        if policies.isEmpty {
            section.value.warn(found: "no policy", better: "add one to `policies`: every call of \(name.quoted) is refused")
        }
    }

    private static func policies(_ value: ConfigurationValue, known: Set<String>?) -> [String] {
        guard value.isPresent else { return [] }
        return value.list(allowed: "a list of policy names").compactMap { element in
            guard let name = element.scalar(allowed: "the name of a policy") else { return nil }
            if let known, !known.contains(name) {
                let nearest = NearestName.find(name, among: known.sorted()).map { "did you mean `\($0)`?" }
                element.report(
                    found: "unknown policy \(name.quoted)", allowed: nearest ?? known.sorted().alternatives
                )
            }
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
