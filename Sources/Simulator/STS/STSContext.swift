/// What STS knows of a call.
struct STSContext {
    let parameters: CallParameters
    let now: SimulatedTime
    let accountId: String
    let roles: [SimulatedRole]
    /// The most seconds that a key lives, whatever was asked for; nil: as long as was asked for.
    let longestLife: Int?
    /// Who calls; nobody in particular for a call that is not signed.
    let caller: STSCaller

    func required(_ name: String) throws(CloudError) -> String {
        guard let value = parameters.text(name) else { throw CloudError("MissingParameter.\(name)") }
        return value
    }
}

/// Whose key a call was signed with.
struct STSCaller: Hashable, Sendable {
    let kind: String
    let arn: String
    /// The principal's id.
    let id: String

    /// A RAM user, which every lasting key is that of.
    init(accountId: String, user: String) {
        kind = "RAMUser"
        arn = "acs:ram::\(accountId):user/\(user)"
        id = Self.number(of: user, from: 200_000_000_000_000_000)
    }

    /// A session of a role.
    init(accountId: String, role: String, session: String) {
        kind = "AssumedRoleUser"
        arn = "acs:ram::\(accountId):role/\(role)/\(session)"
        id = "\(Self.number(of: role, from: 300_000_000_000_000_000)):\(session)"
    }

    /// The same number for the same name.
    private static func number(of name: String, from first: UInt64) -> String {
        let hash = name.utf8.reduce(UInt64(17)) { $0 &* 31 &+ UInt64($1) }
        return "\(first + hash % 99_000_000_000_000_000)"
    }
}

/// A RAM role that can be assumed.
public struct SimulatedRole: Hashable, Sendable {
    public var name: String
    /// The most seconds that a session may last.
    public var longestSession: Int
    /// What AssumeRole must say besides; nil: nothing.
    public var externalId: String?
    /// The ARNs of those whom the role trusts; nil: everybody of the account.
    public var trusted: Set<String>?

    public init(name: String, longestSession: Int = 3600, externalId: String? = nil, trusted: Set<String>? = nil) {
        self.name = name
        self.longestSession = longestSession
        self.externalId = externalId
        self.trusted = trusted
    }
}
