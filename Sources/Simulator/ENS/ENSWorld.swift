/// What exists of the product in the simulated cloud.
struct ENSWorld: Sendable {
}

extension World {
    /// Carries out what fell due in this product up to `now`.
    mutating func settleENS(at now: SimulatedTime) {
    }
}
