import Bytes
import Signer

extension Configuration.Principal.AccessKey {
    private static let form = "an id as `gateway access-key new` prints it, or a mapping with `id`"

    /// The file of the master secret, which must be there to be read.
    static func master(_ value: ConfigurationValue) -> String? {
        guard value.isPresent else { return nil }
        let path = value.section(allowed: "a mapping with `master`") { section -> String in
            let allowed = "a file that only its owner may read, made by `gateway access-key init`"
            let path = section["master"].path(allowed: allowed)
            if !path.isEmpty {
                do throws(CredentialError) {
                    _ = try AccessKeyIssuer(masterFile: path)
                } catch {
                    section["master"].report(found: "\(error)", allowed: allowed)
                }
            }
            return path
        }
        return path.flatMap { $0.isEmpty ? nil : $0 }
    }

    static func all(_ value: ConfigurationValue) -> [Self] {
        guard value.isPresent else { return [] }
        return value.list(allowed: "a list of access keys").compactMap { element in
            if case .mapping? = element.node {
                return element.section(allowed: form) { section in
                    var key = Self(id: id(section["id"]))
                    if section["name"].isPresent { key.name = section["name"].requiredText(allowed: "a name") }
                    if section["account"].isPresent {
                        key.account = section["account"].requiredText(allowed: "the name of an account")
                    }
                    if section["expires"].isPresent { key.expires = instant(section["expires"]) }
                    return key
                }
            }
            return Self(id: id(element))
        }
    }

    /// What only shows in all principals together.
    static func check(
        _ principals: [Configuration.Principal], hasMaster: Bool, _ accounts: [String], _ value: ConfigurationValue
    ) {
        var owners: [String: String] = [:]
        for principal in principals {
            for key in principal.accessKeys {
                if !hasMaster {
                    value.report(
                        found: "an access key of \(principal.name.quoted)",
                        allowed: "`access-keys: {master: FILE}` beside `principals`, from which its secret is derived")
                }
                if let account = key.account, !accounts.contains(account) {
                    value.report(
                        found: "an access key for the unknown account \(account.quoted)", allowed: accounts.sorted().alternatives)
                }
                if let owner = owners.updateValue(principal.name, forKey: key.id) {
                    value.report(
                        found: "the access key \(key.id.quoted) of \(principal.name.quoted), which \(owner.quoted) has too",
                        allowed: "each once")
                }
            }
        }
    }

    private static func id(_ value: ConfigurationValue) -> String {
        value.requiredText(allowed: form) { text in
            text.hasPrefix(AccessKeyIssuer.prefix) && (16...64).contains(text.utf8.count)
                && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
        }
    }

    private static func instant(_ value: ConfigurationValue) -> Timestamp? {
        let allowed = "an instant in UTC, such as 2027-12-31T00:00:00Z"
        guard let text = value.scalar(allowed: allowed) else { return nil }
        guard let instant = Array(text.utf8).withView({ Timestamp($0) }) else {
            value.report(found: text.quoted, allowed: allowed)
            return nil
        }
        return instant
    }
}
