import Auth

extension Configuration {
    /// Somebody whose JSON Web Tokens are believed, and how far.
    public struct Issuer: Sendable, Equatable {
        /// What `iss` says.
        public var issuer: String
        /// What `aud` may say.
        public var audiences: [String]
        public var keys: Keys
        public var algorithms: Set<JWTAlgorithm> = Set(JWTAlgorithm.allCases)
        public var clockSkew: Duration = .seconds(60)
        public var principal = ClaimRule(path: ["sub"])
        /// Nil: its tokens bring no groups.
        public var groups: ClaimRule?
        public var secondFactor = SecondFactor()

        /// Where its public keys are.
        public enum Keys: Sendable, Equatable {
            /// The bytes of a JSON Web Key Set.
            case file(path: String, text: [UInt8])
            case url(Fetch)
        }

        /// A key set that is fetched, and anew from time to time.
        public struct Fetch: Sendable, Equatable {
            public var url: String
            public var refresh: Duration = .seconds(600)
            /// Between attempts at least, however many tokens name a key that is not there.
            var gap: Duration = .seconds(30)
            /// PEM file of the authorities of the server's certificate; nil: those of the system.
            public var caFile: String?
            public var proxy = Account.Proxy.environment
        }

        /// The claim that tells how callers proved who they are.
        public struct SecondFactor: Sendable, Equatable {
            public var claim = ClaimRule(path: ["amr"])
            /// Its values that stand for a second factor.
            public var values = ["mfa"]
        }
    }

    /// The proxies whose word about their callers is believed.
    public struct Proxies: Sendable, Equatable {
        public var blocks: [AddressBlock] = []
        /// Whether whoever comes by a Unix socket is one of them.
        public var includesUnixSockets = false
    }
}
