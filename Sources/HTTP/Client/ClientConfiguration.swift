/// What all calls of a client have in common.
public struct ClientConfiguration: Hashable, Sendable {
    /// The certificates that a server's chain must end in.
    public enum TrustedCertificates: Hashable, Sendable {
        /// Those of the system.
        case system
        /// Those of one PEM file, and no others.
        case file(path: String)
    }

    public var trustedCertificates = TrustedCertificates.system
    public var proxy = ProxySettings.environment
    /// The User-Agent header.
    public var userAgent = "acs-gateway"
    /// Connections to one host, busy and idle; calls beyond wait for a free one.
    public var maxConnectionsPerHost = 128
    /// Connections in all, busy and idle; calls beyond wait for a free one.
    public var maxConnections = 512
    /// Seconds after which an idle connection is not used again; should be less than the servers' own limit.
    public var maxIdleSeconds = 50
    /// Whether answers hold secrets, which OpenSSL then clears from its own memory; see ``UpstreamRequest/isSecret``.
    public var carriesSecrets = false

    public init() {}
}
