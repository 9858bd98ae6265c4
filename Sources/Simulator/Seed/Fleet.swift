/// The example fleet.
enum Fleet {
    static func seed(_ world: inout World, at now: SimulatedTime) {}
}
