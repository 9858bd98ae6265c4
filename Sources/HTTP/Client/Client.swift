import Bytes
import CSystem
import Glibc

/// The pooled HTTP/1.1 client of one event loop. libcurl makes the connections (name resolution, proxies, TLS); HTTP over
/// them is the client's own. It has no thread but libcurl's for name resolution.
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
    /// Nanoseconds for which an idle connection may be used again.
    let idleLimit: UInt64
    /// What connections read into, one at a time.
    let readBuffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)

    let multi: UnsafeMutableRawPointer
    /// The loop's watches for what libcurl waits for while it connects, by descriptor.
    var watches: [Int32: Watch] = [:]
    var origins: [UpstreamOrigin] = []
    /// All connections, until they are closed.
    var connections: [ObjectIdentifier: UpstreamConnection] = [:]
    /// Call objects kept for reuse beyond those at work.
    private static let maxIdleCalls = 256
    /// All calls, by slot; nil for a slot that is free.
    private var calls: [UpstreamCall?] = []
    private var freeSlots: [Int] = []
    private var idleCalls: [UpstreamCall] = []
    private var lastSequence: UInt64 = 0
    /// Outcomes that are reported at the end of the turn, as no completion is called from within `start`.
    private var refused: [(completion: UpstreamCall.Completion, error: UpstreamError)] = []
    /// Origins whose waiting calls may find a connection.
    var stirred: [UpstreamOrigin] = []

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
        idleLimit = UInt64(clamping: configuration.maxIdleSeconds).multipliedReportingOverflow(by: 1_000_000_000).partialValue
        // libcurl must never close a connection to make room for another: the limits are the client's.
        curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 1 << 20)
        connectCallbacks()
        loop.atEndOfTurn { self.endTurn() }
    }

    deinit {
        // Connections are still closed through their callback, but nothing is watched or scheduled any more.
        curl_multi_set_socket_function(multi, nil)
        curl_multi_set_timer_function(multi, nil)
        for connection in connections.values {
            connection.close()
            curl_multi_remove_handle(multi, connection.easy)
        }
        connections = [:]
        curl_multi_cleanup(multi)
        readBuffer.deallocate()
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
        let call = idleCalls.popLast() ?? makeCall()
        guard call.begin(request, sequence: lastSequence, completion), let origin = call.origin else {
            idleCalls.append(call)
            refused.append((completion, UpstreamError(.invalidRequest, mayHaveArrived: false)))
            return CallToken(slot: -1, sequence: lastSequence)
        }
        statistics.calls += 1
        statistics.active += 1
        if !origin.waiting.isEmpty || !useIdle(origin, call) {
            origin.waiting.append(call)
            stir(origin)
        }
        return CallToken(slot: call.slot, sequence: lastSequence)
    }

    /// Ends a call with ``UpstreamError/Kind/cancelled``, from within this method. Does nothing when it has ended already.
    ///
    /// On the loop only.
    public func cancel(_ token: CallToken) {
        loop.assertConfined()
        guard calls.indices.contains(token.slot), let call = calls[token.slot] else { return }
        if call.sequence == token.sequence { abort(call, .cancelled) }
    }

    /// Reports a call's outcome. It has no connection any more.
    func finish(_ call: UpstreamCall, _ outcome: Result<UpstreamResponse, UpstreamError>) {
        let completion = call.end()
        if idleCalls.count < Self.maxIdleCalls {
            idleCalls.append(call)
        } else {
            calls[call.slot] = nil
            freeSlots.append(call.slot)
        }
        statistics.active -= 1
        completion?(outcome)
    }

    func fail(_ call: UpstreamCall, _ kind: UpstreamError.Kind) {
        finish(call, .failure(UpstreamError(kind, mayHaveArrived: call.attempts > 0)))
    }

    /// Ends a call before its time: closes its connection, or takes it out of the queue.
    private func abort(_ call: UpstreamCall, _ kind: UpstreamError.Kind) {
        if let connection = call.connection {
            discard(connection, failing: kind)
        } else {
            if let origin = call.origin { leaveQueue(call, of: origin) }
            fail(call, kind)
        }
    }

    func reportRefused() {
        while !refused.isEmpty {
            let failing = refused
            refused = []
            for (completion, error) in failing { completion(.failure(error)) }
        }
    }

    func failOverdue(at now: UInt64) {
        for case let call? in calls where call.sequence != 0 && call.deadline <= now {
            abort(call, .timedOut(call.deadlineStage))
        }
    }

    var earliestDeadline: UInt64 {
        calls.reduce(.max) { min($0, $1?.deadline ?? .max) }
    }

    private func makeCall() -> UpstreamCall {
        if freeSlots.isEmpty {
            freeSlots.append(calls.count)
            calls.append(nil)
        }
        let call = UpstreamCall(client: self, slot: freeSlots.removeLast())
        calls[call.slot] = call
        return call
    }
}
