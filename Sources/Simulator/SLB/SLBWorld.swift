/// What exists of the product in the simulated cloud.
struct SLBWorld: Sendable {
}

extension World {
    /// Carries out what fell due in this product up to `now`.
    mutating func settleSLB(at now: SimulatedTime) {
    }
}
