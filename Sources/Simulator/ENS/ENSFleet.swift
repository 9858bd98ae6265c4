/// What exists of the product from the beginning.
enum ENSFleet {
    static func seed(_ world: inout World, at now: SimulatedTime) {
    }
}
