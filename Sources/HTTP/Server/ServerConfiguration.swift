/// Where and how a server listens.
public struct ServerConfiguration: Sendable {
    public struct TLS: Sendable {
        /// Certificate chain and private key, PEM.
        public var certificate: String
        public var key: String
        /// PEM certificates of the authorities that client certificates must come from; nil asks for none.
        public var clientCA: String?

        public init(certificate: String, key: String, clientCA: String? = nil) {
            self.certificate = certificate
            self.key = key
            self.clientCA = clientCA
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
