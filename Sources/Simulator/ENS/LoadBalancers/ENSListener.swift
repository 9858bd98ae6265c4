/// A listener of a load balancer: it has no id, its port and protocol tell it.
struct ENSListener: Sendable {
    enum State: String, Hashable, Sendable {
        case running = "Running"
        case stopped = "Stopped"
        case starting = "Starting"
        case configuring = "Configuring"
        case stopping = "Stopping"
    }

    enum Transport: String, Hashable, Sendable, CaseIterable {
        case tcp, udp, http, https

        /// Whether a port can be shared with `other`: only datagrams do not meet connections.
        func sharesPorts(with other: Transport) -> Bool { (self == .udp) != (other == .udp) }
    }

    let port: Int
    let transport: Transport
    var state: Timeline<State>
    /// The value of every setting of the protocol, by its parameter.
    var settings: [String: String]
}
