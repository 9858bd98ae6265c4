import Bytes
import HTTP

extension Configuration {
    /// An address on which callers are served.
    public struct Listener: Sendable, Equatable {
        public var endpoint: Endpoint
        /// Nil: plain HTTP.
        public var tls: TLS?

        public init(_ endpoint: Endpoint, tls: TLS? = nil) {
            self.endpoint = endpoint
            self.tls = tls
        }

        public enum Endpoint: Sendable, Hashable {
            /// `address` is an IPv4 or IPv6 address in digits, without brackets. Port 0 lets the system choose.
            case tcp(address: String, port: UInt16)
            /// A socket in the file system with these permission bits.
            case unix(path: String, mode: UInt32)
        }

        /// PEM files of a TLS listener.
        public struct TLS: Sendable, Equatable {
            /// The certificate, followed by those between it and its root.
            public var certificate: String
            public var key: String
            /// Nil: callers are asked for no certificate.
            public var clients: Clients?

            public init(certificate: String, key: String, clients: Clients? = nil) {
                self.certificate = certificate
                self.key = key
                self.clients = clients
            }
        }

        /// Which certificates of callers are accepted.
        public struct Clients: Sendable, Equatable {
            /// PEM file of the authorities that they must come from.
            public var authorities: String
            /// PEM file of what those revoked.
            public var revocations: String?
            /// Whether a caller must show one.
            public var isRequired = true

            public init(authorities: String, revocations: String? = nil, isRequired: Bool = true) {
                self.authorities = authorities
                self.revocations = revocations
                self.isRequired = isRequired
            }
        }
    }
}

extension Configuration.Listener.Endpoint {
    /// What ``init(address:)`` reads, in words.
    static let form = "an address in digits and a port, `127.0.0.1:8080` or `[::1]:8080`"

    /// Reads `127.0.0.1:8080` or `[::1]:8080`; nil for everything else. Host names are refused, since what they mean
    /// may change under a running server.
    public init?(address text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
            return nil
        }
        let host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        let address = String(isBracketed ? host.dropFirst().dropLast() : host)
        guard address.contains(":") == isBracketed, IPAddress(address) != nil else { return nil }
        self = .tcp(address: address, port: port)
    }

    /// Bytes of a socket's path at most: the kernel's address structure holds 108, one of them a zero at the end.
    static let longestPath = 107

    /// Whether only this machine reaches it.
    public var isLocal: Bool {
        switch self {
        case .tcp(let address, _): IPAddress(address)?.isLoopback ?? false
        case .unix: true
        }
    }

    private static func port(_ text: Substring) -> UInt16? {
        text.utf8.allSatisfy(\.isASCIIDigit) ? UInt16(text) : nil
    }
}

extension Configuration.Listener.Endpoint: CustomStringConvertible {
    /// The form that ``init(address:)`` reads, or `unix:` and the path.
    public var description: String {
        switch self {
        case .tcp(let address, let port): address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
        case .unix(let path, _): "unix:\(path)"
        }
    }
}
