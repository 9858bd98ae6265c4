import Bytes
import CSystem
import Glibc

/// A server's part on one loop: its daemons, connections and pooled exchanges.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: made and touched on its loop only; the server merely keeps it.
final class ServerShard: @unchecked Sendable {
    /// The limits of time in nanoseconds.
    struct Times {
        var idle: UInt64
        var head: UInt64
        var body: UInt64
        var write: UInt64

        init(_ limits: ServerLimits) {
            idle = limits.idleTime.nanoseconds
            head = limits.headTime.nanoseconds
            body = limits.bodyTime.nanoseconds
            write = limits.writeTime.nanoseconds
        }

        /// How often deadlines are looked at: a quarter of the shortest limit, at most once a second.
        var sweepInterval: UInt64 { min(1_000_000_000, max(5_000_000, min(idle, head, body, write) / 4)) }
    }

    let loop: EventLoop
    let limits: ServerLimits
    let times: Times
    let handler: any RequestHandler
    let census: ConnectionCensus
    /// Bytes of libmicrohttpd's memory for each connection: the request's head, its index and the response's head.
    let headMemory: Int
    private(set) var isDraining = false

    /// In the order of the listeners.
    private var daemons: [Daemon] = []
    /// Daemons that do not listen any more and serve the connections that they have.
    private var retired: [Daemon] = []
    private(set) var connections: [Connection] = []
    private var freeExchanges: [Exchange] = []
    private var headerWriter = HeaderWriter(capacity: 4096)
    private var clock = ServerClock()
    private let lingering: LingeringSockets
    private var sweepTimer: TimerToken?
    private var watchQueue: [(exchange: Exchange, serial: UInt64)] = []
    private var drained: (() -> Void)?
    private var drainDeadline: UInt64 = .max

    /// How long a suspension lasts before the caller's hanging up is watched for: most are over by then.
    static let hangUpDelay: UInt64 = 50_000_000
    /// How long a draining server leaves an idle connection open for a request that may be on its way.
    static let idleDrainTime: UInt64 = 100_000_000
    /// How long work may go on after it was cancelled at the end of the grace time.
    static let cancellationTime: UInt64 = 1_000_000_000

    init(loop: EventLoop, limits: ServerLimits, census: ConnectionCensus, handler: any RequestHandler) {
        self.loop = loop
        self.limits = limits.clamped
        times = Times(limits)
        self.census = census
        self.handler = handler
        headMemory = self.limits.headBytes + 3072
        lingering = LingeringSockets(loop: loop)
    }

    /// Begins to serve. Takes the listening sockets, also on failure.
    func start(_ listeners: [(descriptor: Int32, tls: ServerConfiguration.TLS?)]) throws(SystemError) {
        for (index, listener) in listeners.enumerated() {
            do throws(SystemError) {
                daemons.append(try Daemon(shard: self, listener: listener.descriptor, tls: listener.tls))
            } catch {
                for listener in listeners[(index + 1)...] { close(listener.descriptor) }
                stop()
                throw error
            }
        }
        // Held until the loop ends. A weak reference, once made, makes every counting of references to the shard slow.
        loop.atEndOfTurn { [self] in runResumed() }
        scheduleSweep()
    }

    private func runResumed() {
        for daemon in daemons where daemon.needsRun { daemon.run() }
        for daemon in retired where daemon.needsRun { daemon.run() }
    }

    /// Serves new connections of the listener at `index` with other certificates; those that are open go on as they are.
    func renew(_ index: Int, _ tls: ServerConfiguration.TLS) throws(SystemError) {
        guard !isDraining, daemons.indices.contains(index) else { return }
        let old = daemons[index]
        let socket = duplicate_descriptor(old.listener)
        guard socket >= 0 else { throw SystemError("renew a TLS listener") }
        let new = try Daemon(shard: self, listener: socket, tls: tls)
        daemons[index] = new
        old.stopListening()
        retired.append(old)
        old.successor = new
        // What was revoked counts for connections that are open, too.
        for former in retired { former.judgeClients() }
    }

    private func stop() {
        if let sweepTimer { loop.cancel(sweepTimer) }
        sweepTimer = nil
        for daemon in daemons + retired { daemon.stop() }
        daemons = []
        retired = []
        lingering.closeAll()
        freeExchanges = []
        watchQueue = []
    }
}

// MARK: - Connections

extension ServerShard {
    func opened(_ connection: Connection) {
        connection.index = connections.count
        connections.append(connection)
    }

    /// The socket is still open, for the last time.
    func closed(_ connection: Connection) {
        if connection.phase != .closing, connection.lingers || socket_unread(connection.descriptor) > 0 {
            lingering.add(connection.descriptor)
        }
        census.leave(connection.address)
        let last = connections[connections.count - 1]
        connections[connection.index] = last
        last.index = connection.index
        connections.removeLast()
    }

    private func scheduleSweep() {
        let interval = isDraining ? min(times.sweepInterval, 10_000_000) : times.sweepInterval
        // The timer keeps the shard alive until it stops.
        sweepTimer = loop.schedule(at: loop.now &+ interval) { [self] in sweep() }
    }

    private func sweep() {
        let now = loop.now
        for connection in connections where connection.deadline <= now {
            connection.expire(extending: now &+ times.write)
        }
        lingering.sweep()
        for daemon in retired where daemon.isEmpty { daemon.stop() }
        retired.removeAll { $0.isEmpty }
        if isDraining, finishDraining() { return }
        scheduleSweep()
    }
}

// MARK: - Exchanges

extension ServerShard {
    func takeExchange() -> Exchange {
        freeExchanges.popLast() ?? Exchange(shard: self)
    }

    func recycle(_ exchange: Exchange) {
        freeExchanges.append(exchange)
    }

    /// Calls `body` with a writer that holds the date.
    func withHeaderWriter(_ body: (inout HeaderWriter) -> Bool) -> Bool {
        clock.withDate(at: loop.now) { headerWriter.reset($0) }
        return body(&headerWriter)
    }

    /// Watches the connection of a suspended exchange once that has lasted a while.
    func watchForHangUp(_ exchange: Exchange) {
        if watchQueue.isEmpty { scheduleWatching() }
        watchQueue.append((exchange, exchange.serial))
    }

    private func scheduleWatching() {
        _ = loop.schedule(at: loop.now &+ Self.hangUpDelay) { [self] in
            let queue = watchQueue
            watchQueue.removeAll(keepingCapacity: true)
            for (exchange, serial) in queue where exchange.serial == serial { exchange.beginWatching() }
        }
    }
}

// MARK: - Shutdown

extension ServerShard {
    /// Stops accepting, lets what runs finish until `deadline`, then ends everything and calls `finished`.
    func drain(until deadline: UInt64, finished: @escaping () -> Void) {
        isDraining = true
        drainDeadline = deadline
        drained = finished
        for daemon in daemons { daemon.stopListening() }
        for connection in connections { connection.shortenIdle(to: loop.now &+ Self.idleDrainTime) }
        if let sweepTimer { loop.cancel(sweepTimer) }
        sweep()
    }

    /// Whether draining is over.
    private func finishDraining() -> Bool {
        if loop.now >= drainDeadline { cutOff() }
        if connections.isEmpty || loop.now >= drainDeadline &+ Self.cancellationTime {
            drained?()
            drained = nil
        }
        // Work that does not heed its cancellation keeps its connection suspended, and with it this shard alive: the
        // memory that it may look at cannot be freed under it.
        guard connections.isEmpty else { return false }
        stop()
        return true
    }

    private func cutOff() {
        for connection in connections {
            if let exchange = connection.exchange, exchange.isSuspended {
                exchange.abandon()
            } else {
                connection.disconnect()
            }
        }
    }
}
