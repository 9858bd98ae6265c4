/// The parameters of an action that carry one way of paging.
struct PagingParameters: Hashable, Sendable {
    let style: ActionEntry.Paging
    /// PageNumber or NextToken.
    let position: Int
    /// PageSize or MaxResults; some actions have none.
    let size: Int?

    /// Nil when the action lacks what the style needs.
    init?(_ style: ActionEntry.Paging, _ parameters: [Parameter]) {
        func find(_ names: [String]) -> Int? {
            parameters.firstIndex { names.contains($0.name) }
        }
        self.style = style
        switch style {
        case .page:
            guard let position = find(["PageNumber"]) else { return nil }
            self.position = position
            size = find(["PageSize"])
        case .token:
            guard let position = find(["NextToken"]) else { return nil }
            self.position = position
            size = find(["MaxResults", "MaxItems"])
        }
    }
}

extension ActionEntry.Paging {
    /// The parameter without which an action cannot page in this way.
    var neededParameters: String {
        switch self {
        case .page: "PageNumber"
        case .token: "NextToken"
        }
    }
}
