import Auth
import Bytes

extension Configuration.Issuer {
    /// Every issuer of the list `jwt`.
    static func all(_ value: ConfigurationValue) -> [Self] {
        guard value.isPresent else { return [] }
        let allowed = "a list of issuers, each a mapping with `issuer`, `audience` and `keys`"
        return value.list(allowed: allowed).compactMap { element in
            element.section(allowed: "a mapping with `issuer`, `audience` and `keys`", Self.init(section:)) ?? nil
        }
    }

    private init?(section: ConfigurationSection) {
        issuer = section["issuer"].requiredText(allowed: "what `iss` of its tokens says")
        audiences = Self.texts(section["audience"], allowed: "what `aud` of its tokens says, or a list of that")
        let keys = section["keys"].section(allowed: "`{url: https://…}` or `{file: keys.json}`", Keys.read) ?? nil
        algorithms = Self.algorithms(section["algorithms"])
        clockSkew = section["clock-skew"].duration(clockSkew, in: .zero ... .seconds(600))
        principal = section["principal"].settings(principal) { ClaimRule(section: $0, standard: ["sub"]) }
        let groups = section["groups"]
        self.groups =
            groups.isPresent
            ? groups.section(allowed: "a mapping with `claim`") { ClaimRule(section: $0, standard: ["groups"]) } : nil
        secondFactor = section["mfa"].settings(secondFactor) { section in
            SecondFactor(
                claim: ClaimRule(path: ClaimRule.path(section["claim"], standard: ["amr"])),
                values: section["values"].isPresent
                    ? Self.texts(section["values"], allowed: "the values that stand for a second factor") : ["mfa"])
        }
        guard let keys else { return nil }
        self.keys = keys
    }

    /// One text or a list of one at least.
    fileprivate static func texts(_ value: ConfigurationValue, allowed: String) -> [String] {
        guard case .sequence? = value.node else { return [value.requiredText(allowed: allowed)] }
        let elements = value.list(allowed: allowed)
        if elements.isEmpty { value.report(found: "an empty list", allowed: allowed) }
        return elements.map { $0.requiredText(allowed: allowed) }
    }

    private static func algorithms(_ value: ConfigurationValue) -> Set<JWTAlgorithm> {
        guard value.isPresent else { return Set(JWTAlgorithm.allCases) }
        let elements = value.list(allowed: "a list of \(JWTAlgorithm.allCases.map(\.rawValue).alternatives)")
        if elements.isEmpty, value.kind == "a list" { value.report(found: "an empty list", allowed: "one algorithm at least") }
        return Set(elements.map { $0.choice(JWTAlgorithm.rs256) })
    }
}

extension ClaimRule {
    fileprivate init(section: ConfigurationSection, standard: [String]) {
        let path = Self.path(section["claim"], standard: standard)
        let prefix = section["prefix"].text("", allowed: "what stands before the names that the issuer gives")
        let names = section["map"]
        let map =
            names.isPresent
            ? names.named(allowed: "a mapping of the issuer's names to names here").map { value, entry in
                (value: value, name: entry.requiredText(allowed: "a name"))
            } : []
        self.init(path: path, prefix: prefix, map: map)
    }

    /// The name of a claim, or the names on the way to one.
    fileprivate static func path(_ value: ConfigurationValue, standard: [String]) -> [String] {
        guard value.isPresent else { return standard }
        return Configuration.Issuer.texts(value, allowed: "the name of a claim, or a list of names from the outside in")
    }
}

extension Configuration.Issuer.Keys {
    fileprivate static func read(_ section: ConfigurationSection) -> Self? {
        let file = section["file"]
        let url = section["url"]
        let fetch = Configuration.Issuer.Fetch(section, url)
        switch (file.isPresent, url.isPresent) {
        case (true, false): return read(file: file)
        case (false, true): return fetch.map { .url($0) }
        default:
            let found = file.isPresent ? "both `file` and `url`" : "neither `file` nor `url`"
            section.value.report(found: found, allowed: "one of them")
            return nil
        }
    }

    private static func read(file value: ConfigurationValue) -> Self? {
        let allowed = "a JSON Web Key Set"
        let path = value.path(allowed: allowed)
        guard !path.isEmpty else { return nil }
        let text: [UInt8]
        do {
            text = try FileText.contents(of: path, limit: KeySetParser.byteLimit)
        } catch {
            value.report(found: "\(path.quoted): \(error.reason)", allowed: allowed)
            return nil
        }
        for fault in text.withView({ KeySetParser.parse($0).faults }) {
            value.faults.add(
                ConfigurationFault(
                    severity: fault.isHarmless ? .warning : .error, file: path, line: fault.line, column: fault.column,
                    path: fault.path, found: fault.found, allowed: fault.allowed))
        }
        return .file(path: path, text: text)
    }
}

extension Configuration.Issuer.Fetch {
    fileprivate init?(_ section: ConfigurationSection, _ value: ConfigurationValue) {
        url = value.isPresent ? Self.url(value) : ""
        refresh = section["refresh"].duration(refresh, in: .seconds(30)...(Quantity.hour * 24))
        let authorities = section["ca-file"]
        caFile = authorities.isPresent ? authorities.readableFile(allowed: "a PEM file with certificates") : nil
        proxy = Configuration.Account.Proxy(section["proxy"])
        if url.isEmpty { return nil }
    }

    /// Keys decide who everybody is: they come over TLS, or from this machine.
    private static func url(_ value: ConfigurationValue) -> String {
        let allowed = "`https://host/path`, or `http://` on this machine"
        guard let text = value.scalar(allowed: allowed) else { return "" }
        let isLocal = ["http://127.0.0.1", "http://[::1]", "http://localhost"].contains { host in
            text.hasPrefix(host) && (text.dropFirst(host.count).first.map { ":/".contains($0) } ?? true)
        }
        let isPlain = text.utf8.count <= 2048 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }
        guard isPlain, isLocal || text.hasPrefix("https://"), !text.contains("@") else {
            // What stands before an @ may be a password: it is not repeated.
            value.report(found: text.contains("@") ? "an address with a user name" : text.quoted, allowed: allowed)
            return ""
        }
        return text
    }
}
