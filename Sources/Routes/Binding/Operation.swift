import Synchronization

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
    /// Whether the region is no documented parameter.
    public let isRegionImplicit: Bool
    /// Whether requests are about a region of the account: the one they name, else its default. Where they are not, the
    /// region is a parameter like others.
    public let isRegional: Bool
    /// Whether answers are lists, so that page requests make sense.
    public let isList: Bool
    let paging: [PagingParameters]
    /// The address of an ``OperationTables``, or 0. A plain address, since requests read through it dozens of times and
    /// neither counting references nor generic code may stand in between.
    private let compiled = Atomic<UInt>(0)

    init(_ entry: ActionEntry, index: Int) {
        self.entry = entry
        self.index = index
        let regionNames = entry.regionParameter.map { Set([$0]) } ?? Parameter.regionNames
        let region = entry.parameters.firstIndex { regionNames.contains($0.name) }
        isRegional = entry.regionParameter == nil
        isRegionImplicit = region == nil
        parameters = entry.parameters + (isRegional && region != nil ? [] : [.implicitRegion])
        self.region = region ?? entry.parameters.count
        isList = entry.collection != nil || entry.routes.contains { $0.collection != nil }
        paging = entry.paging.compactMap { PagingParameters($0, entry.parameters) }
    }

    deinit {
        guard let tables = UnsafeMutablePointer<OperationTables>(bitPattern: compiled.load(ordering: .acquiring)) else { return }
        tables.deinitialize(count: 1)
        tables.deallocate()
    }

    /// Made when they are first used: of hundreds of actions a process uses few.
    @inline(__always)
    private var tables: UnsafePointer<OperationTables> {
        UnsafePointer(bitPattern: compiled.load(ordering: .acquiring)) ?? made()
    }

    @inline(never)
    private func made() -> UnsafePointer<OperationTables> {
        let own = UnsafeMutablePointer<OperationTables>.allocate(capacity: 1)
        own.initialize(to: OperationTables(self))
        let (_, before) = compiled.compareExchange(
            expected: 0, desired: UInt(bitPattern: own), ordering: .acquiringAndReleasing)
        // Another thread may have been faster.
        guard let first = UnsafePointer<OperationTables>(bitPattern: before) else { return UnsafePointer(own) }
        own.deinitialize(count: 1)
        own.deallocate()
        return first
    }
}

// Read in place, without a copy.
extension Operation {
    var tree: ParameterTree { _read { yield tables.pointee.tree } }
    var rules: [ValueRule] { _read { yield tables.pointee.rules } }
    var allowedTexts: AllowedTexts { _read { yield tables.pointee.allowedTexts } }
    /// For each parameter the members of the objects that its value holds, when the catalogue names them.
    var elements: [ElementFields?] { _read { yield tables.pointee.elements } }
    var wireNames: WireNames { _read { yield tables.pointee.wireNames } }
    var resourcePrograms: ResourcePrograms { _read { yield tables.pointee.resourcePrograms } }
    var required: [Int] { _read { yield tables.pointee.required } }
    /// For each parameter the tree nodes of the elements of its outer and inner list.
    var lists: [(first: Int?, second: Int?)] { _read { yield tables.pointee.lists } }
    /// Parameters whose values stand in the region or account field of a resource.
    var resourceFields: [Int] { _read { yield tables.pointee.resourceFields } }
}

/// What binding needs of an operation.
private struct OperationTables {
    let tree: ParameterTree
    let rules: [ValueRule]
    let allowedTexts: AllowedTexts
    let elements: [ElementFields?]
    let wireNames: WireNames
    let resourcePrograms: ResourcePrograms
    let required: [Int]
    let lists: [(first: Int?, second: Int?)]
    let resourceFields: [Int]

    init(_ operation: Operation) {
        let entry = operation.entry
        let parameters = operation.parameters
        required = entry.parameters.indices.filter { entry.parameters[$0].requirement == .required }
        let region = operation.isRegional || !operation.isRegionImplicit ? operation.region : nil
        tree = ParameterTree(parameters, region: region, isList: operation.isList, isPaged: !operation.paging.isEmpty)
        wireNames = WireNames(parameters)
        resourcePrograms = ResourcePrograms(entry.resources)
        let named = Set(entry.resources.flatMap { $0.parts + ($0.otherwise ?? []) })
        var texts = AllowedTexts()
        var rules: [ValueRule] = []
        for (position, parameter) in parameters.enumerated() {
            rules.append(ValueRule(parameter, namesResource: named.contains(.parameter(position)), &texts))
        }
        self.rules = rules
        elements = parameters.map { $0.fields.isEmpty ? nil : ElementFields($0.fields, &texts) }
        allowedTexts = texts
        lists = tree.lists(ofParameters: parameters.count)
        resourceFields = entry.resources.flatMap(\.fieldParameters)
    }
}

extension ResourceTemplate {
    /// Parameters that stand before the fourth colon.
    fileprivate var fieldParameters: [Int] {
        [parts, otherwise ?? []].flatMap { parts in
            var colons = 0
            return parts.compactMap { part -> Int? in
                switch part {
                case .literal(let text): colons += text.utf8.count { $0 == UInt8(ascii: ":") }
                case .parameter(let position) where colons < 4: return position
                default: break
                }
                return nil
            }
        }
    }
}

extension Parameter {
    static let regionNames: Set<String> = ["RegionId", "regionId", "region_id"]

    /// RegionId of an action that does not document it.
    static let implicitRegion = Parameter(
        name: "RegionId", type: .string, requirement: .optional,
        isSecret: false, isDeprecated: false, allowedValues: [], ignoresCase: false, defaultValue: nil, minimum: nil,
        maximum: nil, minLength: nil, maxLength: nil, maxItems: nil, pattern: nil, format: nil, aliases: [], fields: [])
}

extension Operation {
    /// The most items that one page of the list may have, as far as the catalogue knows.
    public var largestPage: Int? {
        paging.first?.size.flatMap { parameters[$0].maximum }.flatMap { Int(exactly: $0) }
    }
}
