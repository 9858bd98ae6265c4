/// A range of ports as rules write it: `22/22`, `1/65535`, `-1/-1` for all.
struct PortRange: Hashable, Sendable {
    let first: Int
    let last: Int

    /// Nil when the text is no range, or a port is outside 0 to 65535.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Int(parts[0]), let last = Int(parts[1]) else { return nil }
        guard first == -1 && last == -1 || first >= 0 && first <= last && last <= 65_535 else {
            return nil
        }
        self.first = first
        self.last = last
    }

    var text: String { "\(first)/\(last)" }
}
