import Bytes
import CSystem
import Glibc
import Synchronization

/// An HTTP/1.1 server on one or more event loops, each of which accepts connections of its own.
public final class Server: Sendable {
    private let configuration: ServerConfiguration
    private let loops: [EventLoop]
    private let makeHandler: @Sendable (EventLoop) -> any RequestHandler
    private let census: ConnectionCensus
    private let state = Mutex(State())

    private struct State {
        var shards: [ServerShard] = []
        var socketPaths: [String] = []
    }

    /// A server that is not started. `makeHandler` is called on each loop.
    public init(
        _ configuration: ServerConfiguration, loops: [EventLoop],
        makeHandler: @escaping @Sendable (EventLoop) -> any RequestHandler
    ) {
        self.configuration = configuration
        self.loops = loops
        self.makeHandler = makeHandler
        census = ConnectionCensus(configuration.limits)
    }

    /// The number of open connections.
    public var connectionCount: Int { census.total }

    /// Binds every listener and begins to serve. The loops must have been started. On failure nothing stays open.
    public func start() async throws(SystemError) -> [BoundAddress] {
        let sockets = try bindAll()
        state.withLock { state in
            for case .unix(let path) in sockets.addresses { state.socketPaths.append(path) }
        }
        for (index, loop) in loops.enumerated() {
            let result = await start(on: loop, sockets.perLoop[index])
            if case .failure(let error) = result {
                for sockets in sockets.perLoop[(index + 1)...] { for socket in sockets { close(socket.descriptor) } }
                await shutdown(grace: .zero)
                throw error
            }
        }
        return sockets.addresses
    }

    private typealias Socket = (descriptor: Int32, tls: ServerConfiguration.TLS?)

    private func start(on loop: EventLoop, _ sockets: [Socket]) async -> Result<Void, SystemError> {
        await withCheckedContinuation { continuation in
            loop.submit { [self] in
                let shard = ServerShard(
                    loop: loop, limits: configuration.limits, census: census, handler: makeHandler(loop))
                continuation.resume(
                    returning: Result { () throws(SystemError) in
                        try shard.start(sockets)
                        state.withLock { $0.shards.append(shard) }
                    })
            }
        }
    }

    /// Serves new connections of the listener at `index` with other certificates, on every loop; those that are open go on as
    /// they are. On failure some loops may have changed already.
    public func renew(_ index: Int, _ tls: ServerConfiguration.TLS) async throws(SystemError) {
        for shard in state.withLock({ $0.shards }) {
            let result = await withCheckedContinuation { continuation in
                shard.loop.submit {
                    continuation.resume(returning: Result { () throws(SystemError) in try shard.renew(index, tls) })
                }
            }
            try result.get()
        }
    }

    /// Stops accepting at once, answers what is on its way (with `Connection: close`), and returns when every connection is
    /// closed; what still runs after `grace` is cancelled and cut off.
    public func shutdown(grace: Duration) async {
        let (shards, paths) = state.withLock { state in
            defer { state = State() }
            return (state.shards, state.socketPaths)
        }
        for path in paths { unlink(path) }
        let deadline = SystemClock.monotonic &+ grace.nanoseconds
        await withTaskGroup { group in
            for shard in shards {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        shard.loop.submit { shard.drain(until: deadline) { continuation.resume() } }
                    }
                }
            }
        }
    }
}

// MARK: - Listening

extension Server {
    /// Binds each listener once for each loop.
    private func bindAll() throws(SystemError) -> (addresses: [BoundAddress], perLoop: [[Socket]]) {
        var addresses: [BoundAddress] = []
        var perLoop: [[Socket]] = loops.map { _ in [] }
        do throws(SystemError) {
            for listener in configuration.listeners {
                let first = try bind(listener)
                addresses.append(first.address)
                for index in loops.indices {
                    let descriptor = index == 0 ? first.descriptor : try again(listener, first)
                    perLoop[index].append((descriptor, listener.tls))
                }
            }
        } catch {
            for socket in perLoop.joined() { close(socket.descriptor) }
            for case .unix(let path) in addresses { unlink(path) }
            throw error
        }
        return (addresses, perLoop)
    }

    private func bind(_ listener: ServerConfiguration.Listener) throws(SystemError) -> ListeningSocket {
        switch listener {
        case .tcp(let host, let port, let tls): try bind(host, port, isSecure: tls != nil)
        case .unix(let path, let mode): try .unix(path: path, mode: mode)
        }
    }

    /// A port is shared among the loops, but not with another server: that would go unnoticed, and each would get a part of the
    /// connections. So it is taken for one socket alone first.
    private func bind(_ host: String, _ port: UInt16, isSecure: Bool) throws(SystemError) -> ListeningSocket {
        let alone = try ListeningSocket.tcp(host: host, port: port, isSecure: isSecure, isShared: false)
        guard loops.count > 1 else { return alone }
        close(alone.descriptor)
        return try .tcp(host: host, port: port, isSecure: isSecure, isShared: true)
    }

    /// One more socket for the same address: of its own for TCP, the same one for a path.
    private func again(
        _ listener: ServerConfiguration.Listener, _ first: ListeningSocket
    ) throws(SystemError) -> Int32 {
        if case .tcp(let host, _, _) = listener, case .tcp(_, let port, let isSecure) = first.address {
            return try ListeningSocket.tcp(host: host, port: port, isSecure: isSecure, isShared: true).descriptor
        }
        let copy = duplicate_descriptor(first.descriptor)
        guard copy >= 0 else { throw SystemError("listen on \(first.address)") }
        return copy
    }
}

extension ServerConfiguration.Listener {
    /// The certificates that the listener serves with.
    public var tls: ServerConfiguration.TLS? {
        if case .tcp(_, _, let tls) = self { tls } else { nil }
    }
}
