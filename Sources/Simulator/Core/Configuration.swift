import Routes

/// How a simulated cloud behaves.
public struct CloudConfiguration: Sendable {
    /// A key pair that may call the cloud.
    public struct AccessKey: Sendable {
        public var id: String
        public var secret: String
        /// The token that must come with a temporary key; nil for a lasting one.
        public var securityToken: String?
        public var isEnabled: Bool

        public init(id: String, secret: String, securityToken: String? = nil, isEnabled: Bool = true) {
            self.id = id
            self.secret = secret
            self.securityToken = securityToken
            self.isEnabled = isEnabled
        }
    }

    public var accessKeys: [AccessKey]
    /// Whose API it speaks, and with it where it is and what it offers.
    public var dialect = Dialect.publicCloud
    /// The account that owns everything.
    public var accountId = "1234567890123456"
    /// The RAM roles that STS gives keys of.
    public var roles = [
        SimulatedRole(name: "gateway", longestSession: 43_200), SimulatedRole(name: "auditor"),
        SimulatedRole(name: "operator", longestSession: 43_200),
    ]
    /// The most seconds that a key of STS lives, for tests of what comes then; nil: as long as was asked for.
    public var longestKeyLife: Int?
    /// Seeds ids and everything else that is picked at random.
    public var seed: UInt64 = 1
    /// Whether parameters that the catalogue does not name are refused. The real cloud ignores them, and SDKs send some.
    public var isStrict = true
    /// Whether callers may ask for faults with the header `x-simulate-fault`.
    public var honoursFaultHeader = false
    /// Whether the cloud starts with the example fleet.
    public var hasFleet = true
    /// How many calls ``Cloud/journal`` keeps.
    public var journalCapacity = 0

    public init(accessKeys: [AccessKey]) {
        self.accessKeys = accessKeys
    }
}
