import Bytes
import CSystem

/// One libcurl handle and the call that it carries at the moment. Handles are reused with their options set, so that a call
/// sets little more than its URL.
///
/// Confined to the client's loop. The client keeps every transfer it made until its own end, so the pointers to `self` that
/// libcurl holds stay valid.
final class Transfer {
    typealias Completion = (Result<UpstreamResponse, UpstreamError>) -> Void

    enum Phase { case idle, connecting, waiting, receiving }

    /// The longest header block accepted, in bytes, interim answers and trailers included.
    static let maxHeaderBytes = 256 << 10

    let easy: UnsafeMutableRawPointer
    let slot: Int
    unowned let client: Client

    var phase = Phase.idle
    /// Tells this call from the others that used the same handle.
    private(set) var sequence: UInt64 = 0
    private(set) var completion: Completion?
    /// When the present stage or the whole call has taken too long, in monotonic nanoseconds, and which of the two.
    private(set) var deadline = UInt64.max
    private(set) var deadlineStage = UpstreamError.Stage.connect
    private var totalDeadline = UInt64.max
    private var timeouts = UpstreamTimeouts()

    // What the present call allows and what came of it so far; see the callbacks.
    var isRead = true
    var maxResponseBytes = 0
    var attempts = 0
    var refusedRetry = false
    var headerBytes = 0
    var inHeader = false
    var fault: UpstreamError.Kind?
    var fields = ResponseFields()
    var body: [UInt8] = []

    // What is set on the handle.
    var outgoing = OutgoingBuffer()
    var headerList: UnsafeMutablePointer<curl_slist>?
    var isPost = false
    var isSecure: Bool?
    var origin: [UInt8] = []
    var connectMilliseconds = 0

    init?(client: Client, slot: Int) {
        guard let easy = curl_easy_init() else { return nil }
        (self.client, self.slot, self.easy) = (client, slot, easy)
        preset()
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
    }
}

// MARK: - The life of a call

extension Transfer {
    /// Makes the handle ready to be added to the multi handle. False, and nothing changed, when the request can not be sent.
    func begin(_ request: UpstreamRequest, sequence: UInt64, _ completion: @escaping Completion) -> Bool {
        guard apply(request) else { return false }
        self.sequence = sequence
        self.completion = completion
        isRead = request.isRead
        maxResponseBytes = request.maxResponseBytes
        timeouts = request.timeouts
        let now = client.loop.now
        totalDeadline = now.addingClamped(timeouts.total)
        enter(.connecting, limit: timeouts.connect, .connect, now)
        return true
    }

    /// Makes the handle ready for the next call and gives what to do with this one's outcome.
    func end() -> Completion? {
        phase = .idle
        deadline = .max
        sequence = 0
        if headerList != nil {
            curl_set_list(easy, CURLOPT_HTTPHEADER, nil)
            curl_slist_free_all(headerList)
            headerList = nil
        }
        if attempts > 1 {
            // libcurl counts its retries over the whole life of a handle and gives up at the fifth.
            curl_easy_reset(easy)
            preset()
        }
        attempts = 0
        refusedRetry = false
        headerBytes = 0
        inHeader = false
        fault = nil
        fields = ResponseFields()
        body = []
        defer { completion = nil }
        return completion
    }

    /// The outcome for libcurl's result of the transfer.
    func outcome(_ code: CURLcode) -> Result<UpstreamResponse, UpstreamError> {
        if code == CURLE_OK {
            let status = UInt16(clamping: curl_get_long(easy, CURLINFO_RESPONSE_CODE))
            // libcurl takes the end of the connection for the end of the header, and an interim answer for the last.
            guard !inHeader, status >= 200 else { return .failure(failure(.truncated)) }
            return .success(UpstreamResponse(status: status, body: body, fields: fields))
        }
        if refusedRetry { return .failure(failure(.connectionLost)) }
        if let fault { return .failure(failure(fault)) }
        let evidence = UpstreamError.Evidence(
            attempts: attempts, answerBegan: headerBytes > 0,
            errno: Int32(clamping: curl_get_long(easy, CURLINFO_OS_ERRNO)),
            proxyStatus: curl_get_long(easy, CURLINFO_HTTP_CONNECTCODE)
        )
        return .failure(UpstreamError(code, evidence))
    }

    func failure(_ kind: UpstreamError.Kind) -> UpstreamError {
        UpstreamError(kind, mayHaveArrived: attempts > 0)
    }

    /// The request goes out: the wait for the answer's first byte begins.
    func enterWaiting() {
        enter(.waiting, limit: timeouts.firstByte, .firstByte, client.loop.now)
    }

    /// The answer began: only the time for the whole call counts from here.
    func enterReceiving() {
        enter(.receiving, limit: .max, .total, client.loop.now)
    }

    private func enter(_ phase: Phase, limit: UInt64, _ stage: UpstreamError.Stage, _ now: UInt64) {
        self.phase = phase
        let end = now.addingClamped(limit)
        (deadline, deadlineStage) = end < totalDeadline ? (end, stage) : (totalDeadline, .total)
        client.watchDeadline(deadline)
    }
}

extension UInt64 {
    fileprivate func addingClamped(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
