/// What a caller's certificate is found to be.
public enum ClientCertificate: Sendable {
    /// The caller showed none, or the listener asks for none.
    case none
    /// Its chain leads to an authority of the listener, it is for TLS clients, and nothing in it is expired or revoked.
    case accepted(CertifiedNames)
    /// There is one that is not accepted, so it says nothing about the caller; the text says why.
    case refused(String)
}

/// The names in a certificate.
public final class CertifiedNames: Sendable {
    /// The whole subject as RFC 2253 writes it, what `openssl x509 -noout -subject -nameopt RFC2253` prints.
    public let subject: String
    /// The common name, when the subject has exactly one.
    public let commonName: String?
    public let dns: [String]
    public let emails: [String]
    public let uris: [String]

    init(subject: String, commonName: String?, dns: [String], emails: [String], uris: [String]) {
        self.subject = subject
        self.commonName = commonName
        self.dns = dns
        self.emails = emails
        self.uris = uris
    }
}
