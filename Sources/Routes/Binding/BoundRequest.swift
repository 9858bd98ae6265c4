import Bytes

/// The parameters of one request, checked and in canonical order: by parameter as the catalogue lists them, then by index.
///
/// Reused, it allocates nothing once its buffers have grown; it is a class so that nothing is copied on its way. Two requests
/// that mean the same to the cloud have the same entries; so they are a cache key as they stand.
public final class BoundRequest {
    /// One parameter's value.
    public struct Entry: Sendable {
        /// Parameter, first index, second index and origin, 16 bits each from the top: the order of entries.
        var key: UInt64
        var start: Int
        var end: Int

        /// Position in ``Operation/parameters``.
        public var parameter: Int { Int(key >> 48) }
        /// First number in the wire name, from 1; 0 when the name has none.
        public var first: Int { Int(key >> 32 & 0xFFFF) }
        /// Second number in the wire name, from 1; 0 when the name has not two.
        public var second: Int { Int(key >> 16 & 0xFFFF) }
        /// What must be unique: parameter and indices.
        var identity: UInt64 { key >> 16 }
        var origin: Origin { Origin(rawValue: UInt16(key & 0xFF)) ?? .gateway }
        /// Whether an element of a JSON array is JSON already, not a string.
        var isRawJSON: Bool { key & Self.rawJSON != 0 }

        static let rawJSON: UInt64 = 0x100

        init(_ parameter: Int, _ first: Int, _ second: Int, _ origin: Origin, _ range: Range<Int>) {
            key =
                UInt64(truncatingIfNeeded: parameter) << 48 | UInt64(truncatingIfNeeded: first & 0xFFFF) << 32
                | UInt64(truncatingIfNeeded: second & 0xFFFF) << 16 | UInt64(origin.rawValue)
            start = range.lowerBound
            end = range.upperBound
        }
    }

    enum Origin: UInt16 {
        case path, route, query, body, gateway
    }

    /// The action that the request means; nil before the first binding.
    public internal(set) var operation: Operation?
    /// The route by which it came; nil by `/rpc`.
    public internal(set) var route: Route?
    /// Position of ``route`` in the action's routes, -1 by `/rpc`.
    public internal(set) var routeIndex = -1
    public internal(set) var entries: [Entry] = []
    /// What the caller wants of a list's pages. ``setPage(_:size:)`` turns it into parameters.
    public internal(set) var page = PageRequest()
    var arena: [UInt8] = []
    var regionRange = 0..<0

    public init() {}

    /// Forgets the request, and keeps the buffers.
    public func reset() {
        operation = nil
        route = nil
        routeIndex = -1
        entries.removeAll(keepingCapacity: true)
        arena.removeAll(keepingCapacity: true)
        page = PageRequest()
        regionRange = 0..<0
    }
}

/// A caller's wish for a part of a list.
public struct PageRequest: Hashable, Sendable {
    public internal(set) var size: Int?
    public internal(set) var number: Int?
    /// Whether every page shall be gathered.
    public internal(set) var all = false
    /// Place of the opaque page token; see ``BoundRequest/withPageToken(_:)``.
    var token: Range<Int>?

    /// Whether the caller gave a page token.
    public var hasToken: Bool { token != nil }
}

extension BoundRequest {
    /// Calls `body` with the value of an entry, valid during the call only.
    public func withValue<Result, Failure: Error>(
        of entry: Entry, _ body: (ByteView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try arena.withView { (view) throws(Failure) in try body(view.slice(entry.start..<entry.end)) }
    }

    /// Calls `body` with the region of the request: the caller's, or the default that was given to the binder; with no bytes
    /// where resources belong to no region.
    public func withRegion<Result, Failure: Error>(
        _ body: (ByteView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try arena.withView { (view) throws(Failure) in try body(view.slice(regionRange)) }
    }

    /// Calls `body` with the page token as the caller sent it, or nil.
    public func withPageToken<Result, Failure: Error>(
        _ body: (ByteView?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try arena.withView { (view) throws(Failure) in try body(page.token.map { view.slice($0) }) }
    }

    /// Whether the parameter at `position` has a value.
    public func has(_ position: Int) -> Bool {
        entries.contains { $0.parameter == position }
    }

    /// The value of the first entry of the parameter with this wire name, as text, or nil.
    public func text(of name: String) -> String? {
        guard let position = operation?.parameters.firstIndex(where: { $0.name == name }) else { return nil }
        return entries.first { $0.parameter == position }.map { withValue(of: $0) { $0.text } }
    }
}

extension BoundRequest {
    /// Sets the parameter at `position`, which has no index, in place of any value that it has. The value is not judged.
    public func set(_ position: Int, to value: ByteView) {
        entries.removeAll { $0.parameter == position }
        let start = arena.count
        arena.append(value)
        insert(Entry(position, 0, 0, .gateway, start..<arena.count))
    }

    func insert(_ entry: Entry) {
        let place = entries.firstIndex { $0.key > entry.key } ?? entries.count
        entries.insert(entry, at: place)
    }

    /// Where a page begins, in the cloud's own terms.
    public enum PagePosition {
        /// PageNumber, from 1.
        case number(Int)
        /// NextToken, as the cloud gave it; nil for the first page.
        case token(ByteView?)
    }

    /// Asks the cloud for one page: sets PageNumber and PageSize, or NextToken and MaxResults. A size that is nil is not sent.
    /// Does nothing when the action cannot page in this way.
    public func setPage(_ position: PagePosition, size: Int?) {
        let style: ActionEntry.Paging
        switch position {
        case .number: style = .page
        case .token: style = .token
        }
        guard let parameters = operation?.paging.first(where: { $0.style == style }) else { return }
        var digits: [UInt8] = []
        if let size, let parameter = parameters.size {
            digits.append(decimal: size)
            digits.withView { set(parameter, to: $0) }
        }
        switch position {
        case .number(let number):
            digits.removeAll(keepingCapacity: true)
            digits.append(decimal: number)
            digits.withView { set(parameters.position, to: $0) }
        case .token(let token?): set(parameters.position, to: token)
        case .token(nil): break
        }
    }

    /// The way of paging to use: by number when the caller gave one, else the action's preferred one.
    /// Nil when the list comes whole.
    public var pageStyle: ActionEntry.Paging? {
        guard let paging = operation?.paging else { return nil }
        if page.number != nil, paging.contains(where: { $0.style == .page }) { return .page }
        return paging.first?.style
    }
}

extension BoundRequest {
    /// Appends the parameters under their wire names, `Tag.1.Key`.
    public func append(to wire: inout WireParameters) {
        guard let operation else { return }
        arena.withView { arena in
            for entry in entries {
                wire.append(
                    name: { operation.wireNames.append(entry, to: &$0) },
                    value: { $0.append(arena.slice(entry.start..<entry.end)) })
            }
        }
    }
}
