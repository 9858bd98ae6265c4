import Bytes

/// All actions that the gateway knows, checked, immutable.
public struct Catalogue: Sendable {
    /// A kind of thing that actions are about: one file of the catalogue.
    public struct ResourceType: Hashable, Sendable {
        public let product: String
        public let dialect: Dialect
        /// As in cache tags: `disk`.
        public let name: String
        /// For people: `Disks`.
        public let title: String
    }

    let sources: [CatalogueSource]
    /// In the order of the files. ``Operation/index`` is the position in this list.
    public let operations: [Operation]
    public let resourceTypes: [ResourceType]
    private let positions: [ActionName: Int]

    private struct ActionName: Hashable {
        let product: String
        let dialect: Dialect
        let action: String
    }

    /// Reads and checks the files. All faults are reported at once.
    public init(loading sources: [CatalogueSource] = CatalogueSource.embedded) throws(CatalogueFaults) {
        var faults: [LocatedFault] = []
        var entries: [ActionEntry] = []
        var resourceTypes: [ResourceType] = []
        for (file, source) in sources.enumerated() {
            let (header, found, wrong) = source.withView { Self.read($0, file) }
            resourceTypes.append(
                ResourceType(
                    product: header.product, dialect: header.dialect, name: header.resource, title: header.title))
            entries += found
            faults += wrong
        }
        var positions: [ActionName: Int] = [:]
        positions.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() {
            let name = ActionName(product: entry.product, dialect: entry.dialect, action: entry.action)
            if let other = positions.updateValue(index, forKey: name) {
                let place = sources[entries[other].file].name
                faults.append(entry.fault("the action \(entry.action) of \(entry.product) is already in \(place)"))
            }
        }
        faults += RouteConflicts.find(entries)
        faults += TagChecks.find(entries, resourceTypes)
        guard faults.isEmpty else { throw CatalogueFaults(faults, sources) }
        self.sources = sources
        self.resourceTypes = resourceTypes
        self.positions = positions
        operations = entries.enumerated().map { Operation($1, index: $0) }
    }

    /// The operation with these names, letter case minded.
    public func operation(product: String, action: String, dialect: Dialect) -> Operation? {
        positions[ActionName(product: product, dialect: dialect, action: action)].map { operations[$0] }
    }

    /// The same action on the same route in the private cloud's dialect; nil when it has none there, or `entry` is of that
    /// dialect.
    func counterpart(of entry: ActionEntry, route index: Int) -> (entry: ActionEntry, route: Int)? {
        guard entry.dialect == .publicCloud,
            let other = operation(product: entry.product, action: entry.action, dialect: .apsara)?.entry,
            let position = other.routes.firstIndex(where: { $0.isSame(as: entry.routes[index]) })
        else { return nil }
        return (other, position)
    }

    private static func read(_ bytes: ByteView, _ file: Int) -> (CatalogueHeader, [ActionEntry], [LocatedFault]) {
        var reader = CatalogueReader(bytes, file: file)
        do {
            let (header, entries) = try reader.read()
            return (header, entries, reader.faults)
        } catch {
            reader.fault(error.reason.rawValue, at: error.offset)
            return (CatalogueHeader(), [], reader.faults)
        }
    }
}

extension CatalogueFaults {
    init(_ faults: [LocatedFault], _ sources: [CatalogueSource]) {
        let sorted = faults.sorted { ($0.file, $0.offset) < ($1.file, $1.offset) }
        var lines: [Int: LineMap] = [:]
        self.faults = sorted.map { fault in
            let source = sources[fault.file]
            let map = lines[fault.file] ?? source.withView { LineMap($0) }
            lines[fault.file] = map
            return CatalogueFault(file: source.name, line: map.position(of: fault.offset).line, message: fault.message)
        }
    }
}

extension ActionEntry {
    /// A fault at the place of this entry.
    func fault(_ message: String) -> LocatedFault {
        LocatedFault(file: file, offset: extent.lowerBound, message: message)
    }
}
