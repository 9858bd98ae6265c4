import Bytes

/// One route of an action with what documents say about it: what an OpenAPI operation, or a chapter of the reference, is made of.
struct OperationPlan {
    let entry: ActionEntry
    let index: Int
    let documentation: ActionDocumentation
    /// The dialects that have the route with this action.
    let dialects: [Dialect]
    /// The status of success on the private cloud where it is not that of the route.
    let privateSuccess: Int?

    init(
        _ entry: ActionEntry, route index: Int, _ documentation: ActionDocumentation, dialects: [Dialect]? = nil,
        privateSuccess: Int? = nil
    ) {
        self.entry = entry
        self.index = index
        self.documentation = documentation
        self.dialects = dialects ?? [entry.dialect]
        self.privateSuccess = privateSuccess
    }

    /// Reads the documentation of one action; for all routes of an action read it once.
    init(_ entry: ActionEntry, route index: Int, in catalogue: Catalogue) {
        self.init(entry, route: index, catalogue.documentation(of: entry))
    }

    /// The plan of a route as all dialects have it: see ``init(merging:with:)``.
    init(ofAllDialects entry: ActionEntry, route index: Int, in catalogue: Catalogue) {
        let plan = OperationPlan(entry, route: index, in: catalogue)
        guard let (other, route) = catalogue.counterpart(of: entry, route: index) else {
            self = plan
            return
        }
        self.init(merging: plan, with: OperationPlan(other, route: route, in: catalogue))
    }

    var route: Route { entry.routes[index] }
    var tag: String { "\(entry.product)-\(entry.resource)" }
    /// The list that the answer of this route is about.
    var collection: String? { route.collection ?? entry.collection }
    /// Whether the answer is a list with pages.
    var isList: Bool { route.method == .get && collection != nil && !route.isSingle }

    /// Whether parameters come in a body.
    var hasBody: Bool { route.method == .post || route.method == .put || route.method == .patch }

    /// Whether the path names the region.
    var isRegionInPath: Bool { route.variables.contains { field($0.parameter).isRegion } }

    /// The parameters that a caller gives besides the path, without those that the gateway's own paging stands for, and that a
    /// view of one refuses. Every request about a region may name it, also where the cloud's document has no such parameter.
    var fields: [ParameterSchema] {
        let bound = Set(route.variables.map(\.parameter) + route.fixed.map(\.parameter))
        let documented: [ParameterSchema] = entry.parameters.indices.compactMap { index in
            let parameter = entry.parameters[index]
            guard !bound.contains(index), !((isList || route.isSingle) && Self.pageNames.contains(parameter.name))
            else { return nil }
            return field(index)
        }
        let hasRegion = entry.parameters.contains { Parameter.regionNames.contains($0.name) }
        guard !hasRegion, entry.regionParameter == nil else { return documented }
        let region = ParameterDocumentation(note: "Region of the call.", example: nil, fields: nil)
        return documented + [ParameterSchema(parameter: .implicitRegion, documentation: region, isRead: entry.kind == .read)]
    }

    /// The parameter at a position of the entry, with its documentation.
    func field(_ index: Int) -> ParameterSchema {
        let documented = documentation.parameters.indices.contains(index) ? documentation.parameters[index] : nil
        return ParameterSchema(
            parameter: entry.parameters[index],
            documentation: documented ?? ParameterDocumentation(note: "", example: nil, fields: nil),
            isRead: entry.kind == .read
        )
    }

    /// The largest page, as documented for the action's way of paging.
    var largestPage: Int? {
        let sizes = entry.parameters.filter { $0.name == "PageSize" || $0.name == "MaxResults" }
        return sizes.compactMap { $0.maximum.map { Int($0) } }.max()
    }

    private static let pageNames: Set = ["PageNumber", "PageSize", "NextToken", "MaxResults"]
}
