import CSystem
import Glibc

/// One connection of a server, from its acceptance to its end. Confined to its loop.
final class Connection {
    /// What the server waits for; each has its own time limit.
    enum Phase {
        /// The first request.
        case opened
        /// The next request.
        case idle
        case head
        case body
        /// The handler, which limits its own time.
        case handling
        /// The caller, to take the response.
        case writing
        case closing
    }

    let descriptor: Int32
    let peer: Peer
    /// For the per-address limit.
    let address: IPAddress?
    let isSecure: Bool
    let handle: OpaquePointer
    private(set) var phase = Phase.opened
    /// When the phase has lasted too long, in nanoseconds of the monotonic clock.
    private(set) var deadline: UInt64
    /// Where the shard keeps the connection.
    var index = 0
    /// The request in progress. The exchange is retained from its begin to its end, in between which this is set.
    unowned(unsafe) var exchange: Exchange?
    var isTimedOut = false
    /// Whether something may still arrive that nobody reads: closing at once would make the kernel reset the connection,
    /// and the caller could lose the response.
    var lingers = false
    /// What the client's certificate was found to be, and until when that counts.
    private var certificate: (found: ClientCertificate, by: ClientTrust, until: UInt64)?
    private var acknowledged: Int64 = 0

    /// What a caller must take of a response in each `writeTime`, in bytes.
    static let leastProgress: Int64 = 4096

    init(
        handle: OpaquePointer, descriptor: Int32, peer: Peer, address: IPAddress?, isSecure: Bool, deadline: UInt64
    ) {
        self.handle = handle
        self.descriptor = descriptor
        self.peer = peer
        self.address = address
        self.isSecure = isSecure
        self.deadline = deadline
    }

    func enter(_ phase: Phase, until deadline: UInt64) {
        self.phase = phase
        self.deadline = deadline
    }

    /// Waits for the next request no longer than until `deadline`.
    func shortenIdle(to deadline: UInt64) {
        if phase == .idle || phase == .opened { self.deadline = min(self.deadline, deadline) }
    }

    /// Acts on a deadline that passed: a caller who took enough of the response gets more time, others are cut off.
    func expire(extending deadline: UInt64) {
        if phase == .writing {
            let total = socket_bytes_acknowledged(descriptor)
            if total >= acknowledged + Self.leastProgress {
                acknowledged = total
                self.deadline = deadline
                return
            }
        }
        isTimedOut = phase != .idle
        disconnect()
    }

    /// Begins to wait for the caller to take a response. What it took is asked for when the time is over, not now: on a
    /// connection with earlier responses it has the time twice.
    func beginWriting(until deadline: UInt64) {
        enter(.writing, until: deadline)
        acknowledged = 0
    }

    /// Ends the connection in both directions; libmicrohttpd notices and closes it. The connection's memory stays until
    /// then.
    func disconnect() {
        enter(.closing, until: .max)
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// What the client's certificate is by `trust`. On a connection that lasts it is looked at anew from time to time: it may
    /// expire, and so may the lists of those revoked.
    func certificate(by trust: ClientTrust?, at now: UInt64) -> ClientCertificate {
        guard let trust else { return .none }
        if let certificate, certificate.by === trust, now < certificate.until { return certificate.found }
        let found = trust.judge(handle)
        certificate = (found, trust, now &+ Self.certificateTime)
        return found
    }

    private static let certificateTime: UInt64 = 30_000_000_000
}
