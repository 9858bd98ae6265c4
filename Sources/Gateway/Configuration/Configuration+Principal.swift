import Auth
import Bytes

extension Configuration {
    /// Somebody who may call, and what they may do.
    public struct Principal: Sendable, Equatable {
        public var name: String
        public var kind = Auth.Principal.Kind.user
        /// Names of groups.
        public var groups: [String] = []
        public var tokens: [Token]
        public var accessKeys: [AccessKey] = []
        /// Names in client certificates, each of which stands for the principal.
        public var certificates: [CertificateRule] = []
        /// Users and groups of this machine whose processes are the principal.
        public var unixUsers: [UInt32] = []
        public var unixGroups: [UInt32] = []
        /// Names of policies.
        public var policies: [String]
        /// Roles that the gateway assumes to call the cloud for this principal, `acs:ram::<account>:role/<name>`, at most one
        /// of each account. When there is one, the gateway's own key is used for this principal nowhere.
        public var roles: [String] = []

        public init(name: String, tokens: [Token], policies: [String]) {
            self.name = name
            self.tokens = tokens
            self.policies = policies
        }

        /// An access key that the gateway issued for its front door.
        public struct AccessKey: Sendable, Equatable {
            public var id: String
            /// What its owner calls it.
            public var name: String?
            /// Refused from then on; nil: never.
            public var expires: Timestamp?
            /// The account that its calls go to; nil for the default one.
            public var account: String?
        }

        /// An API token, known by its hash only.
        public struct Token: Sendable, Equatable {
            /// What its owner calls it; nil for one that was listed without a name.
            public var name: String?
            public var hash: TokenHash
            /// Refused from then on; nil: never.
            public var expires: Timestamp?

            public init(name: String? = nil, hash: TokenHash, expires: Timestamp? = nil) {
                self.name = name
                self.hash = hash
                self.expires = expires
            }
        }
    }

    /// Policies that several principals share.
    public struct Group: Sendable, Equatable {
        public var name: String
        /// Names of policies.
        public var policies: [String]
    }
}
