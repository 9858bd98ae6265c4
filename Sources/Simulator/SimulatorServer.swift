import HTTP

/// Serves a simulated cloud over HTTP, on an event loop of its own.
public final class SimulatorServer: Sendable {
    private let loop: EventLoop
    private let server: Server

    /// A server that is not started. Port 0 lets the system choose one.
    public init(_ cloud: Cloud, host: String = "127.0.0.1", port: UInt16 = 0) throws(SystemError) {
        let loop = try EventLoop(name: "simulator")
        var limits = ServerLimits()
        // Vendor SDKs put every parameter into the query, user data included.
        limits.targetBytes = 64 * 1024
        limits.headBytes = 96 * 1024
        self.loop = loop
        server = Server(
            ServerConfiguration(listeners: [.tcp(host: host, port: port, tls: nil)], limits: limits), loops: [loop]
        ) { _ in SimulatorHandler(cloud) }
    }

    /// Binds and begins to serve; gives the address to call.
    public func start() async throws(SystemError) -> BoundAddress {
        try loop.start()
        let addresses = try await server.start()
        guard let address = addresses.first else { throw SystemError("listen", code: 0) }
        return address
    }

    /// Stops accepting, answers what is on its way within `grace`, and ends the loop.
    public func shutdown(grace: Duration = .seconds(1)) async {
        await server.shutdown(grace: grace)
        loop.stop()
        loop.join()
    }
}
