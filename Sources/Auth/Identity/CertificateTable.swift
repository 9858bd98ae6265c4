import Bytes

/// The names in a certificate that was accepted: its chain leads to an authority of the listener, and nothing in it is
/// expired or revoked.
public struct CertificateNames: Hashable, Sendable {
    /// The whole subject as RFC 2253 writes it.
    public var subject: String
    /// The common name, when the subject has exactly one.
    public var commonName: String?
    public var dns: [String]
    public var emails: [String]
    public var uris: [String]

    public init(
        subject: String, commonName: String? = nil, dns: [String] = [], emails: [String] = [], uris: [String] = []
    ) {
        self.subject = subject
        self.commonName = commonName
        self.dns = dns
        self.emails = emails
        self.uris = uris
    }
}

/// What a TLS connection shows of its caller.
public enum CertificateEvidence: Sendable {
    case accepted(CertificateNames)
    /// There is one, and it is nobody's identity; the text says why, for the log.
    case refused(String)
}

/// One name that a certificate must have to stand for a principal.
public enum CertificateRule: Hashable, Sendable {
    case subject(String)
    case commonName(String)
    case dns(String)
    case email(String)
    case uri(String)
}

/// One name that stands for two principals.
public struct DuplicateCertificateFault: Error, Hashable, Sendable {
    public let rule: CertificateRule
}

/// Callers who show a client certificate, by a name in it. Names are compared whole, byte by byte.
public final class CertificateTable: IdentitySource {
    private enum Kind: UInt8 {
        case subject, commonName, dns, email, uri
    }

    /// Bytes, since equal texts may differ in them.
    private struct Name: Hashable {
        let kind: Kind
        let bytes: [UInt8]

        init(_ kind: Kind, _ text: String) {
            self.kind = kind
            bytes = Array(text.utf8)
        }
    }

    private let principals: [Name: Principal]

    public init(_ rules: [(rule: CertificateRule, principal: Principal)]) throws(DuplicateCertificateFault) {
        var principals: [Name: Principal] = [:]
        for (rule, principal) in rules {
            if let other = principals.updateValue(principal, forKey: Self.name(rule)), other !== principal {
                throw DuplicateCertificateFault(rule: rule)
            }
        }
        self.principals = principals
    }

    public func identify(_ evidence: Evidence, at now: Timestamp) -> IdentityResult {
        switch evidence.certificate {
        case nil: return .notMine
        case .refused(let reason)?:
            return .refused(AuthenticationRefusal(.unknown, ground: "the client certificate is not accepted: \(reason)"))
        case .accepted(let names)?: return identify(names)
        }
    }

    private func identify(_ names: CertificateNames) -> IdentityResult {
        var found: Principal?
        for name in Self.names(names) {
            guard let principal = principals[name] else { continue }
            if let found, found !== principal {
                let ground = "the client certificate `\(names.subject.abridged)` stands for several principals"
                return .refused(AuthenticationRefusal(.unknown, ground: ground))
            }
            found = principal
        }
        guard let found else {
            let ground = "the client certificate `\(names.subject.abridged)` stands for no principal"
            return .refused(AuthenticationRefusal(.unknown, ground: ground))
        }
        return .caller(Caller(principal: found, kind: .clientCertificate, credential: names.subject))
    }

    private static func names(_ names: CertificateNames) -> [Name] {
        var all = [Name(.subject, names.subject)]
        if let name = names.commonName { all.append(Name(.commonName, name)) }
        return all + names.dns.map { Name(.dns, $0) } + names.emails.map { Name(.email, $0) }
            + names.uris.map { Name(.uri, $0) }
    }

    private static func name(_ rule: CertificateRule) -> Name {
        switch rule {
        case .subject(let text): Name(.subject, text)
        case .commonName(let text): Name(.commonName, text)
        case .dns(let text): Name(.dns, text)
        case .email(let text): Name(.email, text)
        case .uri(let text): Name(.uri, text)
        }
    }
}
