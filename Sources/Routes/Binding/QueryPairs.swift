import Bytes

/// The `name=value` pairs of a query, undecoded and in order. Empty pairs are passed over; without `=` the value is empty.
struct QueryPairs: Sequence, IteratorProtocol {
    private let query: ByteView
    private var start = 0

    /// `query` must outlive the pairs.
    init(_ query: ByteView) {
        self.query = query
    }

    mutating func next() -> (name: ByteView, value: ByteView)? {
        while start < query.count {
            let end = query.firstOffset(of: UInt8(ascii: "&"), from: start) ?? query.count
            let pair = query.slice(start..<end)
            start = end + 1
            if pair.isEmpty { continue }
            guard let equals = pair.firstOffset(of: UInt8(ascii: "=")) else { return (pair, .empty) }
            return (pair.slice(0..<equals), pair.slice(equals + 1..<pair.count))
        }
        return nil
    }
}
