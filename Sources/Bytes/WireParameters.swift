/// The parameters of one call of the cloud by their wire names, not yet encoded: one arena of bytes and a list of
/// offsets, so that a reused value allocates nothing.
///
/// Names and values are any bytes; nothing is checked here. Order is the order of appending until ``sort()``.
public struct WireParameters: Sendable {
    @usableFromInline
    struct Entry: Sendable {
        /// Name and value stand side by side: the name in `start..<middle`, the value in `middle..<end`.
        @usableFromInline var start: Int
        @usableFromInline var middle: Int
        @usableFromInline var end: Int

        @inlinable
        init(start: Int, middle: Int, end: Int) {
            (self.start, self.middle, self.end) = (start, middle, end)
        }
    }

    @usableFromInline var arena: [UInt8] = []
    @usableFromInline var entries: [Entry] = []

    public init() {}

    /// Room for `count` parameters of `bytes` bytes, names and values together.
    public mutating func reserveCapacity(_ count: Int, bytes: Int) {
        entries.reserveCapacity(count)
        arena.reserveCapacity(bytes)
    }

    @inlinable public var count: Int { entries.count }
    @inlinable public var isEmpty: Bool { entries.isEmpty }

    /// Bytes of all names and values.
    @inlinable public var byteCount: Int { arena.count }

    /// Appends one parameter whose name and value are appended to the array by the closures, and nothing else done with
    /// it.
    @inlinable
    public mutating func append<Failure: Error>(
        name: (inout [UInt8]) throws(Failure) -> Void, value: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let start = arena.count
        do throws(Failure) {
            try name(&arena)
            let middle = arena.count
            try value(&arena)
            entries.append(Entry(start: start, middle: middle, end: arena.count))
        } catch {
            arena.removeSubrange(start...)
            throw error
        }
    }

    @inlinable
    public mutating func append(_ name: ByteView, _ value: ByteView) {
        append(name: { $0.append(name) }, value: { $0.append(value) })
    }

    @inlinable
    public mutating func append(_ name: StaticString, _ value: ByteView) {
        append(name.view, value)
    }

    @inlinable
    public mutating func append(_ name: StaticString, _ value: StaticString) {
        append(name.view, value.view)
    }

    @inlinable
    public mutating func append(_ name: String, _ value: String) {
        append(name: { $0.append(text: name) }, value: { $0.append(text: value) })
    }

    /// Removes all parameters and keeps the room.
    @inlinable
    public mutating func removeAll() {
        arena.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    /// Sorts by name in byte order, as signatures demand; parameters of one name keep their order.
    public mutating func sort() {
        arena.withView { bytes in
            guard entries.count > 32 else { return Self.insertionSort(&entries, bytes) }
            entries.sort { Self.precedes($0, $1, bytes) }
        }
    }

    /// Calls `body` for each parameter in order with views of name and value, valid during the call only.
    @inlinable
    public func forEach<Failure: Error>(
        _ body: (_ name: ByteView, _ value: ByteView) throws(Failure) -> Void
    ) throws(Failure) {
        try arena.withView { (bytes) throws(Failure) in
            for entry in entries {
                try body(bytes.slice(entry.start..<entry.middle), bytes.slice(entry.middle..<entry.end))
            }
        }
    }

    /// Calls `body` with the value of the first parameter called `name`, or with nil; the view is valid during the call
    /// only.
    @inlinable
    public func withValue<Result, Failure: Error>(
        of name: ByteView, _ body: (ByteView?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try arena.withView { (bytes) throws(Failure) in
            for entry in entries where bytes.slice(entry.start..<entry.middle).equals(name) {
                return try body(bytes.slice(entry.middle..<entry.end))
            }
            return try body(nil)
        }
    }

    /// The value of the first parameter called `name` as text, or nil.
    public func text(of name: StaticString) -> String? {
        withValue(of: name.view) { $0?.text }
    }

    /// Name and value of the parameter at `index` as text, for messages and tests.
    public subscript(index: Int) -> (name: String, value: String) {
        let entry = entries[index]
        return arena.withView { bytes in
            (bytes.slice(entry.start..<entry.middle).text, bytes.slice(entry.middle..<entry.end).text)
        }
    }

    @inline(__always)
    private static func precedes(_ left: Entry, _ right: Entry, _ bytes: ByteView) -> Bool {
        bytes.slice(left.start..<left.middle).precedes(bytes.slice(right.start..<right.middle))
    }

    private static func insertionSort(_ entries: inout [Entry], _ bytes: ByteView) {
        var next = 1
        while next < entries.count {
            let entry = entries[next]
            var hole = next
            while hole > 0, precedes(entry, entries[hole - 1], bytes) {
                entries[hole] = entries[hole - 1]
                hole -= 1
            }
            entries[hole] = entry
            next += 1
        }
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// Whether this view comes before `other` in byte order; a prefix comes before what it begins.
    @inlinable
    public func precedes(_ other: ByteView) -> Bool {
        let common = Swift.min(count, other.count)
        var index = 0
        while index < common {
            if self[index] != other[index] { return self[index] < other[index] }
            index += 1
        }
        return count < other.count
    }
}
