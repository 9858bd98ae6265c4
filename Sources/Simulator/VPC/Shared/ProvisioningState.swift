/// The states of what the cloud makes and changes in a moment: networks, routes, entries of NAT tables.
enum ProvisioningState: String, Hashable, Sendable {
    case pending = "Pending"
    case available = "Available"
    case modifying = "Modifying"
}

extension Timeline<ProvisioningState> {
    /// Available after a time in the state `first`.
    static func becoming(
        _ first: ProvisioningState = .pending, lasting milliseconds: Int64, from now: SimulatedTime
    ) -> Timeline {
        Timeline(from: now, [(state: first, lasting: milliseconds)], target: .available)
    }
}
