import CSystem
import Glibc

/// The pooled HTTP/1.1 client of one event loop, over libcurl's multi handle: no thread of its own but libcurl's for name
/// resolution.
///
/// It verifies certificates and host names, follows no redirect, keeps no cookies, reads no netrc, and speaks http and
/// https only. It lives as long as its loop: what still runs when the loop ends is forgotten.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: all state is touched on the loop's thread alone (`start`, `cancel` and
/// every callback assert it); `send` and its cancellation get there through the loop.
public final class Client: @unchecked Sendable {
    /// The loop that the client lives on.
    public let loop: EventLoop
    let configuration: ClientConfiguration
    /// What the client did so far. On the loop only.
    public internal(set) var statistics = ClientStatistics()

    let multi: UnsafeMutableRawPointer
    var sockets: [SocketState] = []
    /// Handles kept for reuse beyond those at work.
    private static let maxIdleTransfers = 256
    /// All handles, by slot; nil for a slot that is free.
    private var transfers: [Transfer?] = []
    private var freeSlots: [Int] = []
    private var idle: [Transfer] = []
    private var lastSequence: UInt64 = 0
    /// Calls that could not begin; they fail at the end of the turn, as no completion is called from within `start`.
    private var refused: [(completion: Transfer.Completion, kind: UpstreamError.Kind)] = []

    // When libcurl and the deadlines want to be looked at; see Client+Timers.
    var isActionDue = false
    var curlDeadline: UInt64?
    var curlTimer: (deadline: UInt64, token: TimerToken)?
    var deadlineTimer: (deadline: UInt64, token: TimerToken)?

    /// Makes a client on `loop`: on its thread, or before it starts.
    public init(loop: EventLoop, configuration: ClientConfiguration = ClientConfiguration()) throws(SystemError) {
        guard Self.isCurlReady, let multi = curl_multi_init() else { throw SystemError("curl_multi_init", code: ENOMEM) }
        self.loop = loop
        self.configuration = configuration
        self.multi = multi
        curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maxConnectionsPerHost)
        curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maxConnections)
        curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maxConnections)
        connectCallbacks()
        loop.atEndOfTurn { self.endTurn() }
    }

    deinit {
        // Connections are still closed through their callback, but nothing is watched or scheduled any more.
        curl_multi_set_socket_function(multi, nil)
        curl_multi_set_timer_function(multi, nil)
        for case let transfer? in transfers { curl_multi_remove_handle(multi, transfer.easy) }
        transfers = []
        idle = []
        curl_multi_cleanup(multi)
    }

    /// Initialised once, before any other use of libcurl.
    private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// The client that was given to libcurl as a pointer.
    static func from(_ pointer: UnsafeMutableRawPointer?) -> Client? {
        pointer.map { Unmanaged<Client>.fromOpaque($0).takeUnretainedValue() }
    }
}

// MARK: - Calls

extension Client {
    /// Begins a call. `completion` is called once, on the loop, in this turn or later but never from within this method.
    ///
    /// On the loop only.
    @discardableResult
    public func start(
        _ request: UpstreamRequest, _ completion: @escaping (Result<UpstreamResponse, UpstreamError>) -> Void
    ) -> CallToken {
        loop.assertConfined()
        lastSequence += 1
        guard let transfer = idle.popLast() ?? makeTransfer() else {
            refused.append((completion, .other(code: CURLE_OUT_OF_MEMORY.rawValue)))
            return CallToken(slot: -1, sequence: lastSequence)
        }
        guard transfer.begin(request, sequence: lastSequence, completion) else {
            idle.append(transfer)
            refused.append((completion, .invalidRequest))
            return CallToken(slot: -1, sequence: lastSequence)
        }
        statistics.calls += 1
        statistics.active += 1
        curl_multi_add_handle(multi, transfer.easy)
        isActionDue = true
        return CallToken(slot: transfer.slot, sequence: lastSequence)
    }

    /// Ends a call with ``UpstreamError/Kind/cancelled``, from within this method. Does nothing when it has ended already.
    ///
    /// On the loop only.
    public func cancel(_ token: CallToken) {
        loop.assertConfined()
        guard transfers.indices.contains(token.slot), let transfer = transfers[token.slot] else { return }
        if transfer.sequence == token.sequence { finish(transfer, .failure(transfer.failure(.cancelled))) }
    }

    /// Takes the handle off libcurl, which closes a connection that is in the midst of something, and reports the outcome.
    func finish(_ transfer: Transfer, _ outcome: Result<UpstreamResponse, UpstreamError>) {
        curl_multi_remove_handle(multi, transfer.easy)
        let completion = transfer.end()
        if idle.count < Self.maxIdleTransfers {
            idle.append(transfer)
        } else {
            transfers[transfer.slot] = nil
            freeSlots.append(transfer.slot)
        }
        statistics.active -= 1
        completion?(outcome)
    }

    /// Reports what libcurl has finished.
    func drain() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let transfer = Transfer.from(curl_get_pointer(easy, CURLINFO_PRIVATE))
            else { continue }
            finish(transfer, transfer.outcome(message.pointee.data.result))
        }
    }

    func failRefused() {
        while !refused.isEmpty {
            let failing = refused
            refused = []
            for (completion, kind) in failing { completion(.failure(UpstreamError(kind, mayHaveArrived: false))) }
        }
    }

    func failOverdue(at now: UInt64) {
        for case let transfer? in transfers where transfer.deadline <= now {
            finish(transfer, .failure(transfer.failure(.timedOut(transfer.deadlineStage))))
        }
    }

    var earliestDeadline: UInt64 {
        transfers.reduce(.max) { min($0, $1?.deadline ?? .max) }
    }

    private func makeTransfer() -> Transfer? {
        if freeSlots.isEmpty {
            freeSlots.append(transfers.count)
            transfers.append(nil)
        }
        guard let slot = freeSlots.last, let transfer = Transfer(client: self, slot: slot) else { return nil }
        freeSlots.removeLast()
        transfers[slot] = transfer
        return transfer
    }
}
