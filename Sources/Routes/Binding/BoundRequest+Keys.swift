import Bytes

extension BoundRequest {
    /// Appends what tells this request from every other of the account, unambiguously: operation, route, region and
    /// parameters, those of pages among them. Page tokens are not, so call it when the page is set (``setPage(_:size:)``).
    public func appendCacheKey(to output: inout [UInt8]) {
        // All of one width, so that what follows them cannot be taken for a part of them.
        output.append(words: (page.all ? 1 : 0, page.all ? page.size ?? -1 : -1))
        appendQueryKey(to: &output, withPages: true)
    }

    /// Appends what all pages of one list have in common: operation, route, region and parameters, but none of pages.
    public func appendListKey(to output: inout [UInt8]) {
        appendQueryKey(to: &output, withPages: false)
    }

    private func appendQueryKey(to output: inout [UInt8], withPages: Bool) {
        output.append(words: (operation?.index ?? -1, routeIndex, regionRange.count))
        arena.withView { arena in
            output.append(arena.slice(regionRange))
            for entry in entries {
                if !withPages, let paging = operation?.paging,
                    paging.contains(where: { $0.position == entry.parameter || $0.size == entry.parameter })
                {
                    continue
                }
                output.append(words: (Int(truncatingIfNeeded: entry.identity), entry.end - entry.start))
                output.append(arena.slice(entry.start..<entry.end))
            }
        }
    }
}

extension Array where Element == UInt8 {
    /// Appends the bytes of some integers.
    fileprivate mutating func append<Words: BitwiseCopyable>(words: Words) {
        Swift.withUnsafeBytes(of: words) { append(contentsOf: $0) }
    }
}

extension BoundRequest {
    /// Whether the caller gave the parameter at `position`, and not the gateway.
    public func isFromCaller(_ position: Int) -> Bool {
        entries.contains { $0.parameter == position && $0.origin != .gateway && $0.origin != .route }
    }
}
