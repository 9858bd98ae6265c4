/// What exists of the product from the beginning.
enum SLBFleet {
    static func seed(_ world: inout World, at now: SimulatedTime) {
    }
}
