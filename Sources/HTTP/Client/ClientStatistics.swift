/// Counters of one client.
public struct ClientStatistics: Hashable, Sendable {
    /// Calls begun.
    public var calls = 0
    /// Calls that run.
    public var active = 0
    /// Times that a read was sent again after a pooled connection turned out to be dead.
    public var retries = 0
    /// Connections attempted.
    public var connectionsOpened = 0
    /// Connections open or being opened, idle ones included.
    public var connections = 0
}
