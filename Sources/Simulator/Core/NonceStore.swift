/// The nonces that were used lately; a second use is refused.
struct NonceStore: Sendable {
    /// Two halves, so that forgetting is dropping the older one.
    private var recent: Set<String> = []
    private var older: Set<String> = []
    private var turn: SimulatedTime?
    /// Milliseconds that a nonce is remembered at least: longer than any timestamp stays acceptable.
    private static let memory: Int64 = 62 * 60 * 1000

    /// Remembers a nonce; false when it was used before.
    mutating func insert(_ nonce: String, at now: SimulatedTime) -> Bool {
        if let turn, now >= turn.adding(milliseconds: Self.memory) {
            older = recent
            recent = []
            self.turn = now
        } else if turn == nil {
            turn = now
        }
        guard !older.contains(nonce) else { return false }
        return recent.insert(nonce).inserted
    }
}
