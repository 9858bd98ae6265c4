import Bytes
import HTTP

extension Configuration.Listener {
    /// Every listener of the list `listen`.
    static func all(_ value: ConfigurationValue) -> [Self] {
        let elements = value.list(allowed: "a list of listeners, such as `- address: 127.0.0.1:8080`")
        if elements.isEmpty, value.kind == "a list" {
            value.report(found: "an empty list", allowed: "at least one listener")
        }
        var seen: Set<String> = []
        return elements.compactMap { element in
            let listener = element.section(allowed: "a mapping with `address` or `unix`", Self.init(section:)) ?? nil
            guard let listener else { return nil }
            let name = listener.endpoint.description
            if !seen.insert(name).inserted, !name.hasSuffix(":0") {
                element.report(found: "\(name.quoted) a second time", allowed: "each address once")
            }
            return listener
        }
    }

    private init?(section: ConfigurationSection) {
        let address = section["address"]
        let unix = section["unix"]
        let tls = section["tls"]
        let mode = section["mode"]
        self.tls = tls.isPresent ? tls.section(allowed: "a mapping with `certificate` and `key`", TLS.init(section:)) : nil
        switch (address.isPresent, unix.isPresent) {
        case (true, false):
            if mode.isPresent { mode.report(found: "`mode` beside `address`", allowed: "`mode` beside `unix` only") }
            guard let endpoint = Self.endpoint(address) else { return nil }
            self.endpoint = endpoint
            if self.tls == nil, !tls.isPresent, !endpoint.isLocal {
                address.warn(
                    found: "plain HTTP on \(endpoint.description.quoted), which other machines reach",
                    better: "add `tls`, or listen on 127.0.0.1 or a Unix socket behind a proxy that has it"
                )
            }
        case (false, true):
            if tls.isPresent { tls.report(found: "`tls` beside `unix`", allowed: "`tls` beside `address` only") }
            endpoint = .unix(path: Self.socketPath(unix), mode: Self.permissions(mode))
        case (true, true):
            section.value.report(found: "both `address` and `unix`", allowed: "one of them")
            return nil
        case (false, false):
            section.value.report(found: "neither `address` nor `unix`", allowed: "one of them")
            return nil
        }
    }

    private static func endpoint(_ value: ConfigurationValue) -> Endpoint? {
        guard let text = value.scalar(allowed: Endpoint.form) else { return nil }
        if let endpoint = Endpoint(address: text) { return endpoint }
        let advice = text.hasPrefix("localhost:") ? "; `localhost` is `127.0.0.1`" : ""
        value.report(found: text.quoted, allowed: Endpoint.form + advice)
        return nil
    }

    private static func socketPath(_ value: ConfigurationValue) -> String {
        let allowed = "the path of a socket, at most \(Endpoint.longestPath) bytes long"
        let path = value.path(allowed: allowed)
        if path.utf8.count > Endpoint.longestPath { value.report(found: path.quoted, allowed: allowed) }
        return path
    }

    private static func permissions(_ value: ConfigurationValue) -> UInt32 {
        let allowed = "three octal digits after a zero, such as `0660`"
        let text = value.text("0660", allowed: allowed) { text in
            text.utf8.count == 4 && text.hasPrefix("0") && UInt32(text, radix: 8) != nil
        }
        return UInt32(text, radix: 8) ?? 0o660
    }
}

extension Configuration.Listener.TLS {
    fileprivate init(section: ConfigurationSection) {
        certificate = section["certificate"].readableFile(allowed: "a PEM file with the server's certificate")
        key = section["key"].readableFile(allowed: "a PEM file with the private key of `certificate`")
        clients = Configuration.Listener.Clients(section)
    }
}

extension Configuration.Listener.Clients {
    private enum Demand: String, CaseIterable {
        case required, optional
    }

    /// Nil when the section asks for no certificates.
    fileprivate init?(_ section: ConfigurationSection) {
        let authorities = section["client-ca"]
        let revocations = section["client-crl"]
        let demand = section["client-certificate"]
        isRequired = demand.choice(Demand.required) == .required
        guard authorities.isPresent else {
            for (value, key) in [(revocations, "client-crl"), (demand, "client-certificate")] where value.isPresent {
                value.report(found: "`\(key)` without `client-ca`", allowed: "`client-ca` as well")
            }
            return nil
        }
        self.authorities = authorities.readableFile(allowed: "a PEM file with certificates")
        let allowed = "a PEM file with certificate revocation lists"
        self.revocations = revocations.isPresent ? revocations.readableFile(allowed: allowed) : nil
        check(authorities, revocations)
    }

    /// Reports files that hold something else than they should.
    private func check(_ authorities: ConfigurationValue, _ revocations: ConfigurationValue) {
        func text(_ path: String) -> String? {
            (try? FileText.contents(of: path, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
        }
        guard let first = text(self.authorities) else { return }
        do throws(ClientTrust.Fault) {
            _ = try ClientTrust(authorities: first)
        } catch {
            return authorities.report(found: "\(error)", allowed: "a PEM file with certificates")
        }
        guard let path = self.revocations, let second = text(path) else { return }
        do throws(ClientTrust.Fault) {
            _ = try ClientTrust(authorities: first, revocations: second)
        } catch {
            revocations.report(found: "\(error)", allowed: "a PEM file with certificate revocation lists")
        }
    }
}
