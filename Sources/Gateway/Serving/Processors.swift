import CSystem

enum Processors {
    /// How many processors this process may use.
    static var available: Int { max(1, Int(csystem_processor_count())) }
}
