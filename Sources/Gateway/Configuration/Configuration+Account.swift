import Routes
import Signer

extension Configuration {
    /// A cloud account that the gateway calls for its callers.
    public struct Account: Sendable, Equatable {
        public var name: String
        /// Requests that name no account mean this one.
        public var isDefault = true
        /// As it stands in ARNs.
        public var accountID: String
        public var dialect = Dialect.publicCloud
        /// Where a request that names no region goes.
        public var region: String
        public var signature = SignatureMethod.hmacSHA1
        public var upstream: Upstream
        /// Whether actions that the catalogue does not know are passed on.
        public var allowsUncataloguedActions = false
        /// Sent with every call, for installations that ask for more than the protocol does.
        public var headers: [Header] = []
        /// Whether a header names the region of each call, as the private cloud wants it beside a tenant.
        public var namesRegionInHeader = false
        /// PEM file of the authorities of the endpoints' certificates; nil: those of the system.
        public var caFile: String?
        public var proxy = Proxy.environment
        public var timeouts = Timeouts()
        /// Largest answer of the cloud that is read, in bytes.
        public var responseLimit = 32 << 20

        /// An account with the defaults of everything that has one.
        public init(name: String, accountID: String, region: String, upstream: Upstream) {
            self.name = name
            self.accountID = accountID
            self.region = region
            self.upstream = upstream
        }

        public enum Upstream: Sendable, Equatable {
            /// The simulated cloud in this process.
            case simulated
            /// Where each product's API is reached, by product code.
            case cloud(endpoints: [String: Endpoint], credentials: CredentialPlan)
        }

        public struct Header: Sendable, Equatable {
            public var name: String
            public var value: String
        }

        public enum Proxy: Sendable, Equatable {
            /// `HTTPS_PROXY` and `NO_PROXY`.
            case environment
            case none
            case address(Endpoint)
        }

        public struct Timeouts: Sendable, Equatable {
            /// Until the connection stands, TLS included.
            public var connect: Duration = .seconds(5)
            /// Until the first byte of the answer.
            public var firstByte: Duration = .seconds(30)
            /// Until its last byte.
            public var total: Duration = .seconds(60)
        }
    }
}
