/// What exists of the product in the simulated cloud.
struct VPCWorld: Sendable {
}

extension World {
    /// Carries out what fell due in this product up to `now`.
    mutating func settleVPC(at now: SimulatedTime) {
    }
}
