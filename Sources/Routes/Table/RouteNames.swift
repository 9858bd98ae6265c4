import Bytes

/// The names in a route table, for telling people which path they may have meant. Not for the way of a good request.
struct RouteNames: Sendable {
    /// Names of the children of each node.
    let children: [[String: Int]]
    /// `product/Action` of each action.
    let actions: [String]
}

extension RouteTable {
    /// What to tell a caller whose path was ``RouteResult/notFound`` or ``RouteResult/uncatalogued(product:action:)``:
    /// the end of a sentence, or nil. Costs some microseconds.
    public func hint(for path: ByteView, from offset: Int = 0) -> String? {
        guard offset < path.count else { return nil }
        let tail = path.slice(offset..<path.count)
        if tail.count > 1, tail[tail.count - 1] == UInt8(ascii: "/") { return "the path must not end with a slash" }
        if tail.hasPrefix("/rpc/") {
            return NearestName.find(tail.slice(5..<tail.count).text, among: names.actions).map { "did you mean `/rpc/\($0)`?" }
        }
        return nearestPath(tail).map { "did you mean `\($0)`?" }
    }

    /// The path with its first unknown part replaced by the nearest known one.
    private func nearestPath(_ path: ByteView) -> String? {
        var node = Self.root
        var known = ""
        for part in path.text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().prefix(16) {
            let name = String(part)
            if let child = names.children[node][name] {
                node = child
                known += "/" + name
            } else if let near = NearestName.find(name, among: names.children[node].keys.sorted()) {
                return known + "/" + near
            } else if let child = variable(of: node) {
                node = child
                known += "/" + "\(clipping: name)"
            } else {
                return nil
            }
        }
        return nil
    }
}
