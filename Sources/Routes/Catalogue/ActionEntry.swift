/// Everything the catalogue says about one API action.
///
/// Text that only documents need stays in the file and is read by ``Catalogue/documentation(of:)``.
public struct ActionEntry: Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case read, write
    }

    /// A way in which a list is cut into pages.
    public enum Paging: String, Hashable, Sendable, CaseIterable {
        /// PageNumber and PageSize.
        case page
        /// NextToken and MaxResults.
        case token
    }

    public let product: String
    /// API version, `2014-05-26`.
    public let version: String
    public let dialect: Dialect
    /// Resource type of the file that holds the action: `disk`.
    public let resource: String
    public let action: String
    public let kind: Kind
    public let summary: String
    public let group: String
    public let isDeprecated: Bool
    /// The first is canonical. Never empty.
    public let routes: [Route]
    /// In the order of the file, which is the order of bound requests.
    public private(set) var parameters: [Parameter]
    /// Position of the parameter that makes a repeated call safe (`ClientToken`).
    public let idempotency: Int?
    /// Member of the answer that a list is about: `Disks.Disk`.
    public let collection: String?
    /// Where the same list is in answers of other times: places that are not documented.
    public let collectionAliases: [String]
    public let paging: [Paging]
    public let resources: [ResourceTemplate]
    /// Condition keys of the service that the action fills.
    public let conditionFacts: [ConditionFact]
    /// How the action tells the tags of a single resource; nil for all that do not.
    public let resourceTags: ResourceTagRule?
    public let cache: CacheRule
    /// Resource types whose cached answers the action makes stale.
    public let invalidates: [String]
    /// Whether the answer documents more than the request id.
    public let hasAnswer: Bool
    /// What the action does to the state of its resource, as far as that is documented.
    public let transition: Transition?
    /// How its answers tell failures, where not by their HTTP status.
    public let outcome: OutcomeRule?
    /// The member of the resource, as REST names it, that says in which state it is; of all actions of the file.
    public let stateMember: String?
    /// The parameter that `region` is short for in a product whose resources belong to no region of the account, though
    /// they may lie in a place that its API calls so (EnsRegionId); nil where regions are the usual ones (RegionId).
    public let regionParameter: String?

    /// Position of the file in ``Catalogue/sources``, and of the entry in it.
    let file: Int
    let extent: Range<Int>

    /// The same entry with other parameters, for documents. What names parameters by their position must stay right.
    func with(parameters: [Parameter]) -> ActionEntry {
        var copy = self
        copy.parameters = parameters
        return copy
    }

    /// The position of the parameter with this wire name.
    public func parameter(named name: String) -> Int? {
        parameters.firstIndex { $0.name == name }
    }
}
