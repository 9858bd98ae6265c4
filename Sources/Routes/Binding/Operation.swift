/// An action made ready for requests: its entry with the tables that binding needs.
public final class Operation: Sendable {
    public let entry: ActionEntry
    /// Position in ``Catalogue/operations``.
    public let index: Int
    /// The parameters of the entry, and last an undocumented RegionId when the entry has none: clients of the cloud send
    /// it with every call, and a caller may.
    public let parameters: [Parameter]
    /// Position of the parameter that names the region.
    public let region: Int
    /// Whether the region is no documented parameter, so that it is sent only when the caller gave it.
    public let isRegionImplicit: Bool
    /// Whether answers are lists, so that page requests make sense.
    public let isList: Bool
    let tree: ParameterTree
    let rules: [ValueRule]
    let required: [Int]
    let paging: [PagingParameters]

    init(_ entry: ActionEntry, index: Int) {
        self.entry = entry
        self.index = index
        let region = entry.parameters.firstIndex { Parameter.regionNames.contains($0.name) }
        parameters = entry.parameters + (region == nil ? [.implicitRegion] : [])
        self.region = region ?? entry.parameters.count
        isRegionImplicit = region == nil
        isList = entry.collection != nil || entry.routes.contains { $0.collection != nil }
        paging = entry.paging.compactMap { PagingParameters($0, entry.parameters) }
        required = entry.parameters.indices.filter { entry.parameters[$0].requirement == .required }
        tree = ParameterTree(parameters, region: self.region, isList: isList)
        rules = parameters.map(ValueRule.init)
    }
}

extension Parameter {
    static let regionNames: Set<String> = ["RegionId", "regionId", "region_id"]

    /// RegionId of an action that does not document it.
    static let implicitRegion = Parameter(
        name: "RegionId", restName: "regionId", segments: [.name("RegionId")], type: .string, requirement: .optional,
        isSecret: false, isDeprecated: false, allowedValues: [], ignoresCase: false, defaultValue: nil, minimum: nil,
        maximum: nil, minLength: nil, maxLength: nil, maxItems: nil, pattern: nil, format: nil, aliases: [])
}
