import Bytes

/// What an answer was made from, and what a write changes: the resources of one type in one region of one account.
///
/// As a tag of an answer, region `*` means that the answer spans regions: a write in any region makes it out of date.
public struct Tag: Hashable, Sendable {
    /// The name of the account in the configuration.
    public var account: String
    /// The region's id, or `*`.
    public var region: String
    /// The resource type as the catalogue names it, such as `instance`.
    public var type: String

    public init(account: String, region: String, type: String) {
        (self.account, self.region, self.type) = (account, region, type)
    }

    /// The tag of answers that span regions.
    var everyRegion: Tag { Tag(account: account, region: "*", type: type) }

    /// Whether a write that this names touches answers with tag `other`; `*` in a write means any.
    func touches(_ other: Tag) -> Bool {
        account == other.account && (type == "*" || type == other.type)
            && (region == "*" || other.region == "*" || region == other.region)
    }
}
