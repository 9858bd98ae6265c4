import Bytes
import Routes
import Signer

extension Configuration.Account {
    /// Every account of the mapping `accounts`.
    static func all(_ value: ConfigurationValue) -> [Self] {
        let allowed = "a mapping of account names"
        let entries = value.named(allowed: allowed)
        if entries.isEmpty, value.kind == "a mapping" { value.report(found: "no account", allowed: "at least one") }
        var accounts = entries.compactMap { name, entry in
            checkName(name, entry, what: "account")
            return entry.section(allowed: "a mapping with `account-id` and `region`") { Self(name: name, section: $0) }
        }
        chooseDefault(&accounts, value)
        return accounts
    }

    /// A name that can stand in a path, a header and a log line.
    static func checkName(_ name: String, _ entry: ConfigurationValue, what: String) {
        let isValid =
            (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "._-@".utf8.contains($0) }
        if !isValid {
            entry.report(
                found: "\(what) name \(name.quoted)", allowed: "1 to 64 letters, digits, `.`, `_`, `-` and `@`"
            )
        }
    }

    private static func chooseDefault(_ accounts: inout [Self], _ value: ConfigurationValue) {
        let defaults = accounts.indices.filter { accounts[$0].isDefault }
        if accounts.count == 1 {
            accounts[0].isDefault = true
        } else if accounts.count > 1, defaults.count != 1 {
            let names = defaults.map { accounts[$0].name }
            value.report(
                found: names.isEmpty ? "no default account" : "\(names.count) default accounts, \(names.alternatives)",
                allowed: "`default: true` in exactly one account"
            )
        }
    }

    private init(name: String, section: ConfigurationSection) {
        self.name = name
        section.refuse(
            ["access-key", "access-key-id", "access-key-secret", "secret", "security-token", "sts-token"],
            found: "an access key in the configuration", allowed: AccountCredentials.advice
        )
        accountID = section["account-id"].requiredText(
            allowed: "the number of the cloud account, in quotes",
            where: { $0.utf8.allSatisfy(\.isASCIIDigit) && $0.utf8.count <= 32 })
        region = section["region"].requiredText(
            allowed: "a region id, such as `cn-hangzhou`", where: Self.isIdentifier)
        dialect = section["dialect"].choice(.publicCloud)
        upstream = AccountCredentials.upstream(
            section, dialect: dialect, CredentialsReader(accountName: name, accountID: accountID))
        isDefault = section["default"].flag(false)
        signature = section["signature"].choice(signature)
        allowsUncataloguedActions = section["uncatalogued-actions"].flag(allowsUncataloguedActions)
        readHeaders(section)
        let authorities = section["ca-file"]
        caFile = authorities.isPresent ? authorities.readableFile(allowed: "a PEM file with certificates") : nil
        proxy = Proxy(section["proxy"])
        timeouts = section["timeouts"].settings(Timeouts(), Timeouts.init(section:))
        responseLimit = section["response-limit"].size(responseLimit, in: 1024...(1 << 30))
    }

    private mutating func readHeaders(_ section: ConfigurationSection) {
        headers = AccountHeaders.read(section["headers"])
        let tenant = AccountHeaders.readTenant(section, dialect, besides: headers)
        headers += tenant
        namesRegionInHeader = !tenant.isEmpty && !headers.contains { $0.name.lowercased() == AccountHeaders.region }
        if signature == .acs3, headers.contains(where: { $0.name.lowercased().hasPrefix("x-acs-") }) {
            section["signature"].report(
                found: "`acs3` in an account whose calls have further `x-acs-` headers",
                allowed: "`hmac-sha1` or `hmac-sha256`, which do not sign headers")
        }
    }

    private static func isIdentifier(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    }
}

extension Configuration.Account.Timeouts {
    fileprivate init(section: ConfigurationSection) {
        let standard = Self()
        let range = Duration.milliseconds(10)...Quantity.hour
        let whole = section["total"].duration(standard.total, in: range)
        connect = section["connect"].duration(min(standard.connect, whole), in: range)
        firstByte = section["first-byte"].duration(min(standard.firstByte, whole), in: range)
        total = max(whole, connect, firstByte)
        if section["total"].isPresent, whole < total {
            section["total"].report(
                found: Quantity.text(whole).quoted, allowed: "at least as long as `connect` and `first-byte`"
            )
        }
    }
}

extension Configuration.Account.Proxy {
    init(_ value: ConfigurationValue) {
        let allowed = "`environment`, `none` or `http://host:port`"
        self = .environment
        switch value.text("environment", allowed: allowed) {
        case "environment", "": break
        case "none": self = .none
        case let text where text.contains("@"):
            // What stands before the @ may be a password: it is not repeated.
            value.report(
                found: "a proxy with a user name",
                allowed: "\(allowed); keep its password out of this file, in HTTPS_PROXY with `environment`"
            )
        case let text:
            if let proxy = Endpoint(text) { self = .address(proxy) } else { value.report(found: text.quoted, allowed: allowed) }
        }
    }
}
