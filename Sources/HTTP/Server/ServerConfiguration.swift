/// Where and how a server listens.
public struct ServerConfiguration: Sendable {
    public struct TLS: Hashable, Sendable {
        /// Certificate chain and private key, PEM.
        public var certificate: String
        public var key: String
        /// Nil asks callers for no certificate.
        public var clients: Clients?

        public init(certificate: String, key: String, clients: Clients? = nil) {
            self.certificate = certificate
            self.key = key
            self.clients = clients
        }

        /// Which certificates of callers are accepted.
        public struct Clients: Hashable, Sendable {
            /// PEM certificates of the authorities that they must come from.
            public var authorities: String
            /// PEM lists of what the authorities revoked; nil when there are none to heed.
            public var revocations: String?
            /// Whether a caller without an accepted certificate is turned away; else it is served without one.
            public var isRequired: Bool

            public init(authorities: String, revocations: String? = nil, isRequired: Bool = true) {
                self.authorities = authorities
                self.revocations = revocations
                self.isRequired = isRequired
            }
        }
    }

    public enum Listener: Sendable {
        /// A numeric IPv4 or IPv6 address. Port 0 lets the system choose one, the same for every loop.
        case tcp(host: String, port: UInt16, tls: TLS?)
        /// A path of the file system. The file is made with `mode`, and removed when the server stops.
        case unix(path: String, mode: UInt32)
    }

    public var listeners: [Listener]
    public var limits: ServerLimits

    public init(listeners: [Listener], limits: ServerLimits = ServerLimits()) {
        self.listeners = listeners
        self.limits = limits
    }
}

/// An address that a server listens on.
public enum BoundAddress: Hashable, Sendable {
    case tcp(IPAddress, port: UInt16, isSecure: Bool)
    case unix(path: String)
}

extension BoundAddress: CustomStringConvertible {
    /// As in `http://127.0.0.1:8080`, `https://[::1]:8443` or `unix:/run/gateway.sock`.
    public var description: String {
        switch self {
        case .tcp(let address, let port, let isSecure):
            "\(isSecure ? "https" : "http")://\(Peer.ip(address, port: port))"
        case .unix(let path): "unix:\(path)"
        }
    }
}
