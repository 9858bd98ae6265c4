import HTTP

/// Serves simulated clouds over HTTP, each on a port of its own, all on one event loop.
public final class SimulatorServer: Sendable {
    private let loop: EventLoop
    private let servers: [Server]

    /// A server that is not started. Port 0 lets the system choose one.
    public convenience init(_ cloud: Cloud, host: String = "127.0.0.1", port: UInt16 = 0) throws(SystemError) {
        try self.init([LazyCloud { cloud }], host: host, port: port)
    }

    /// A server that is not started, for clouds that are made when they are first called.
    public init(_ clouds: [LazyCloud], host: String = "127.0.0.1", port: UInt16 = 0) throws(SystemError) {
        let loop = try EventLoop(name: "simulator")
        var limits = ServerLimits()
        // Vendor SDKs put every parameter into the query, user data included.
        limits.targetBytes = 64 * 1024
        limits.headBytes = 96 * 1024
        let configuration = ServerConfiguration(listeners: [.tcp(host: host, port: port, tls: nil)], limits: limits)
        self.loop = loop
        servers = clouds.map { cloud in Server(configuration, loops: [loop]) { _ in SimulatorHandler(cloud) } }
    }

    /// Binds and begins to serve; gives the address of the first cloud.
    public func start() async throws(SystemError) -> BoundAddress {
        guard let address = try await startAll().first else { throw SystemError("listen", code: 0) }
        return address
    }

    /// Binds and begins to serve; gives the address of each cloud, in their order.
    public func startAll() async throws(SystemError) -> [BoundAddress] {
        try loop.start()
        var addresses: [BoundAddress] = []
        for server in servers { addresses += try await server.start() }
        return addresses
    }

    /// Stops accepting, answers what is on its way within `grace`, and ends the loop.
    public func shutdown(grace: Duration = .seconds(1)) async {
        for server in servers { await server.shutdown(grace: grace) }
        loop.stop()
        loop.join()
    }
}
