import Bytes
import CSystem

/// One request and its response. Exchanges are pooled: a handler must not use one after `completed`.
///
/// All views are of the connection's memory, or the exchange's own, and valid until `completed`.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: an exchange is touched on its loop only. `perform` runs its work on
/// the loop, and every method asserts it.
public final class Exchange: @unchecked Sendable {
    enum Stage {
        case pooled
        /// The request line arrived.
        case head
        /// The head was good; the body, or the end of a request without one, is awaited.
        case body
        /// The handler has the request and owes a response.
        case handling
        /// The response was queued.
        case responded
        /// libmicrohttpd is done with the request, while the work that `perform` started still runs.
        case completed
    }

    public let loop: EventLoop
    /// What the handler keeps for this request. The handler takes it back in `completed`.
    public var context: AnyObject?
    let shard: ServerShard
    let fields: UnsafeMutableBufferPointer<mhd_field>
    let index: UnsafeMutableBufferPointer<UInt8>

    var stage = Stage.pooled
    // Both outlive every request of theirs, and are set from its begin to its completion.
    unowned(unsafe) var connection: Connection?
    unowned(unsafe) var daemon: Daemon?
    var requestMethod = Method.other
    var rawTarget = ByteView.empty
    /// The target without scheme and authority.
    var originForm = ByteView.empty
    /// Offset of the first `?` in `originForm`, or its length.
    var queryOffset = 0
    /// The `?` and the byte after it that libmicrohttpd overwrote, as offset in the target; negative for none.
    var spoiledOffset = -1
    var spoiledByte: UInt8 = 0
    /// Bytes of the request's head; 0 until it is complete.
    var headSize = 0
    var fieldCount = 0
    var received: UInt64 = 0
    var bodyBuffer = BodyBuffer()
    var isTooLarge = false
    /// Bytes of a too large body that were thrown away.
    var discarded = 0
    var hasPendingBody = false
    var closesConnection = false
    var responseStatus: UInt16 = 0
    var responseBytes = 0
    var isSuspended = false
    var isHungUp = false
    var task: Task<Void, Never>?
    /// The upstream call that the exchange waits for; see ``forward(_:through:then:)``.
    var forwarding: (client: Client, token: CallToken)?
    var hangUpWatch: Watch?
    /// Tells one use of the pooled object from the next.
    var serial: UInt64 = 0

    init(shard: ServerShard) {
        self.shard = shard
        loop = shard.loop
        fields = .allocate(capacity: shard.limits.headerCount)
        index = .allocate(capacity: KnownHeader.allCases.count)
        index.initialize(repeating: 0)
    }

    deinit {
        fields.deallocate()
        index.deallocate()
    }
}

extension Exchange {
    /// Whether something still runs for the request that will touch the exchange.
    var isWaiting: Bool { task != nil || forwarding != nil }
}

// MARK: - The request

extension Exchange {
    public var method: Method { requestMethod }

    /// The request target as received, undecoded.
    public var target: ByteView { rawTarget }

    /// The target's path, undecoded; `*` for a server-wide OPTIONS.
    public var path: ByteView { originForm.slice(0..<queryOffset) }

    /// The target's query without its `?`, undecoded.
    public var query: ByteView { originForm.slice(queryOffset + 1..<max(queryOffset + 1, originForm.count)) }

    /// All headers as received.
    public var headers: HeaderFields { HeaderFields(fields: UnsafeBufferPointer(rebasing: fields[0..<fieldCount])) }

    /// The value of the first header of that name.
    public func header(_ name: KnownHeader) -> ByteView? {
        let position = Int(index[Int(name.rawValue)])
        return position == 0 || position > fieldCount ? nil : fields[position - 1].valueView.trimmed
    }

    /// The value of the first header of that name, given in lower case.
    public func header(named name: StaticString) -> ByteView? {
        headers.first { $0.name.equalsIgnoringCase(name) }?.value
    }

    /// The whole body once the request is handled; empty before.
    public var body: ByteView { bodyBuffer.view }

    public var peer: Peer { connection?.peer ?? .unix(uid: .max, gid: .max, pid: 0) }

    /// The certificate that the caller showed on its TLS connection.
    public var clientCertificate: ClientCertificate {
        connection?.certificate(by: daemon?.clientTrust, at: loop.now) ?? .none
    }

    /// Whether the request came over TLS.
    public var isSecure: Bool { connection?.isSecure ?? false }

    /// When the request line arrived, in nanoseconds of the monotonic clock.
    public var receivedAt: UInt64 { received }

    /// Whether the caller hung up while the request was suspended. The response may be omitted then.
    public var isAbandoned: Bool { isHungUp }
}
