import Bytes
import CSystem
import Glibc

/// One libmicrohttpd daemon: one listener's part on one loop. Confined to the loop.
///
/// Its epoll descriptor is nested in the loop's: when that is readable, the daemon is run.
final class Daemon {
    /// Keeps the daemon, and so outlives it.
    unowned(unsafe) let shard: ServerShard
    /// The listening socket, which is libmicrohttpd's.
    let listener: Int32
    let isSecure: Bool
    /// Whom clients' certificates must come from; nil when none is asked for.
    private(set) var clientTrust: ClientTrust?
    /// Whether every client must show a certificate that is accepted.
    private(set) var demandsCertificate: Bool
    /// The one that serves the listener's new connections in its place.
    weak var successor: Daemon?
    /// Whether a connection was resumed since the last run.
    var needsRun = false
    private var handle: OpaquePointer?
    private var rerun: TimerToken?
    /// Runs since anything happened on the daemon's descriptors.
    private var fruitlessRuns = 0
    private static let eagerRuns = 64
    private var watch: Watch?
    private let callbacks: UnsafeMutablePointer<mhd_callbacks>
    /// The address that was counted for a connection whose opening was not reported yet.
    private var entering: IPAddress??

    /// Takes the listening socket, also on failure.
    init(shard: ServerShard, listener: Int32, tls: ServerConfiguration.TLS?) throws(SystemError) {
        self.shard = shard
        self.listener = listener
        isSecure = tls != nil
        do throws(ClientTrust.Fault) {
            clientTrust = try tls?.clients.map { (clients) throws(ClientTrust.Fault) in
                try ClientTrust(authorities: clients.authorities, revocations: clients.revocations)
            }
        } catch {
            close(listener)
            throw SystemError("start a TLS listener (\(error))", code: EINVAL)
        }
        demandsCertificate = tls?.clients?.isRequired ?? false
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: Self.callbackTable())
        callbacks.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        var configuration = mhd_configuration()
        configuration.listener = listener
        configuration.memory = shard.headMemory
        configuration.connections = UInt32(clamping: shard.limits.connections)
        configuration.callbacks = UnsafePointer(callbacks)
        withTexts([tls?.certificate, tls?.key, tls?.clients?.authorities]) { texts in
            configuration.certificate = texts[0]
            configuration.key = texts[1]
            configuration.trust = texts[2]
            handle = mhd_start(&configuration)
        }
        guard let handle else {
            throw SystemError(isSecure ? "start a TLS listener (certificate or key unusable?)" : "start a listener")
        }
        do throws(SystemError) {
            watch = try shard.loop.watch(mhd_epoll_descriptor(handle), .readable) { [unowned self] _ in
                fruitlessRuns = 0
                run()
            }
        } catch {
            stop()
            throw error
        }
        // libmicrohttpd begins to listen in its first run.
        needsRun = true
    }

    deinit {
        callbacks.deallocate()
    }

    /// Handles what happened on the daemon's descriptors, in this turn and, when something is left, again soon.
    func run() {
        needsRun = false
        guard let handle else { return }
        // During a TLS handshake libmicrohttpd takes a connection for readable until it really is. Unless it is slowed down,
        // a caller who goes silent in the middle makes the loop spin.
        guard mhd_run(handle), rerun == nil else { return }
        fruitlessRuns += 1
        let delay: UInt64 = isSecure && fruitlessRuns > Self.eagerRuns ? 1_000_000 : 0
        rerun = shard.loop.schedule(at: shard.loop.now &+ delay) { [self] in
            rerun = nil
            run()
        }
    }

    /// Judges the clients of its connections as the last of its successors does.
    func judgeClients() {
        var last = self
        while let next = last.successor { last = next }
        clientTrust = last.clientTrust
        demandsCertificate = last.demandsCertificate
    }

    /// Closes the listening socket.
    func stopListening() {
        if let handle { mhd_stop_listening(handle) }
    }

    /// Whether no connection is left.
    var isEmpty: Bool { handle.map { mhd_connection_count($0) == 0 } ?? true }

    /// Closes all connections, none of which may be suspended.
    func stop() {
        watch?.cancel()
        watch = nil
        if let handle { mhd_stop(handle) }
        handle = nil
    }
}

// MARK: - Callbacks

extension Daemon {
    /// Every pointer that comes in was given out below, and its object lives as long as libmicrohttpd may call:
    /// the daemon is kept by its shard until `stop`, a connection until `closed`, an exchange until `completed`.
    private static func callbackTable() -> mhd_callbacks {
        mhd_callbacks(
            context: nil,
            accepted: { context, address, _ in
                guard let context else { return false }
                return Unmanaged<Daemon>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.accepted(address) }
            },
            opened: { context, connection, descriptor, address in
                guard let context, let connection else { return nil }
                let daemon = Unmanaged<Daemon>.fromOpaque(context).takeUnretainedValue()
                return Unmanaged.passUnretained(daemon.opened(connection, descriptor, address)).toOpaque()
            },
            closed: { context, connection in
                guard let context, let connection else { return }
                Unmanaged<Daemon>.fromOpaque(context).takeUnretainedValue().shard
                    .closed(Unmanaged<Connection>.fromOpaque(connection).takeUnretainedValue())
            },
            target: { context, _, connection, target, length, query, afterQuery in
                guard let context, let connection, let target else { return nil }
                return Unmanaged<Daemon>.fromOpaque(context)._withUnsafeGuaranteedRef { daemon in
                    Unmanaged<Connection>.fromOpaque(connection)._withUnsafeGuaranteedRef { connection in
                        let exchange = daemon.shard.takeExchange()
                        exchange.begin(
                            on: connection, of: daemon, target: target, length: length, query: query,
                            afterQuery: afterQuery)
                        return Unmanaged.passRetained(exchange).toOpaque()
                    }
                }
            },
            progress: { request, line, piece, size in
                guard let request else { return false }
                return Unmanaged<Exchange>.fromOpaque(request)._withUnsafeGuaranteedRef {
                    $0.progress(line, ByteView(start: piece, count: size))
                }
            },
            completed: { request, status, termination in
                guard let request else { return }
                Unmanaged<Exchange>.fromOpaque(request).takeRetainedValue()
                    .complete(status: UInt16(truncatingIfNeeded: status), termination: termination)
            }
        )
    }

    private func accepted(_ address: UnsafePointer<sockaddr>?) -> Bool {
        // libmicrohttpd may fail between this call and `opened`; its next one finds what it left.
        if let left = entering { shard.census.leave(left) }
        entering = nil
        let ip = address.flatMap { IPAddress($0) }
        guard shard.census.enter(ip) else { return false }
        entering = .some(ip)
        return true
    }

    private func opened(
        _ handle: OpaquePointer, _ descriptor: Int32, _ address: UnsafePointer<sockaddr>?
    ) -> Connection {
        let ip = entering ?? nil
        entering = nil
        let connection = Connection(
            handle: handle, descriptor: descriptor, peer: Peer(address, descriptor: descriptor), address: ip,
            isSecure: isSecure, deadline: shard.loop.now &+ shard.times.head)
        shard.opened(connection)
        return connection
    }
}

/// Calls `body` with C strings, nil for nil, that are valid during the call.
private func withTexts(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Void) {
    let copies = texts.map { $0.flatMap { strdup($0) } }
    defer {
        for copy in copies {
            guard let copy else { continue }
            // One of them is a private key.
            explicit_bzero(copy, strlen(copy))
            free(copy)
        }
    }
    body(copies.map { UnsafePointer($0) })
}
