import Bytes

/// One call of a client, from its start to its outcome. Reused for one call after another.
///
/// Confined to the client's loop.
final class UpstreamCall {
    typealias Completion = (Result<UpstreamResponse, UpstreamError>) -> Void

    /// Position in the client's list of calls.
    let slot: Int
    unowned let client: Client
    /// The request as it is sent.
    private(set) var bytes: [UInt8] = []
    private(set) var origin: UpstreamOrigin?
    /// The connection that carries the call; nil while it waits for one.
    var connection: UpstreamConnection?
    /// Tells this call from the others of the same object; 0 when there is none.
    private(set) var sequence: UInt64 = 0
    /// When the present stage or the whole call has taken too long, in monotonic nanoseconds, and which of the two.
    private(set) var deadline = UInt64.max
    private(set) var deadlineStage = UpstreamError.Stage.connect
    private var totalDeadline = UInt64.max
    private var timeouts = UpstreamTimeouts()
    private var completion: Completion?
    private(set) var isRead = true
    private(set) var maxResponseBytes = 0
    /// Whether the answer holds a secret.
    private(set) var isSecret = false
    /// How often the request was handed to a connection.
    private(set) var attempts = 0

    init(client: Client, slot: Int) {
        self.client = client
        self.slot = slot
    }

    /// Takes over a request. False, and nothing changed, when it can not be sent.
    func begin(_ request: UpstreamRequest, sequence: UInt64, _ completion: @escaping Completion) -> Bool {
        guard request.headers.isValid, let origin = write(request) else { return false }
        self.origin = origin
        self.sequence = sequence
        self.completion = completion
        isRead = request.isRead
        maxResponseBytes = request.maxResponseBytes
        isSecret = request.isSecret
        timeouts = request.timeouts
        let now = client.loop.now
        totalDeadline = now.addingClamped(timeouts.total)
        enter(limit: timeouts.connect, .connect, now)
        return true
    }

    /// Makes room for the next call and gives what to do with this one's outcome.
    func end() -> Completion? {
        deadline = .max
        sequence = 0
        attempts = 0
        connection = nil
        origin = nil
        if isSecret { bytes.withUnsafeMutableBytes { $0.clear() } }
        if bytes.capacity > 64 << 10 { bytes = [] }
        defer { completion = nil }
        return completion
    }

    /// The request goes out: the wait for the answer's first byte begins.
    func enterWaiting() {
        if attempts > 0 { client.statistics.retries += 1 }
        attempts += 1
        enter(limit: timeouts.firstByte, .firstByte, client.loop.now)
    }

    /// Nothing of the request was taken, so that it was not handed over after all.
    func withdraw() {
        attempts -= 1
    }

    /// The answer began: only the time for the whole call counts from here.
    func enterReceiving() {
        (deadline, deadlineStage) = (totalDeadline, .total)
    }

    /// The milliseconds that a connection made for this call may take.
    var connectMilliseconds: Int { Int(clamping: max(1, min(timeouts.connect / 1_000_000, 1 << 31 - 1))) }

    private func enter(limit: UInt64, _ stage: UpstreamError.Stage, _ now: UInt64) {
        let end = now.addingClamped(limit)
        (deadline, deadlineStage) = end < totalDeadline ? (end, stage) : (totalDeadline, .total)
        client.watchDeadline(deadline)
    }

    /// Writes the request. Nil when its URL is none.
    private func write(_ request: UpstreamRequest) -> UpstreamOrigin? {
        request.url.withView { whole in
            guard let url = UpstreamURL(whole), let origin = client.origin(of: url) else { return nil }
            bytes.removeAll(keepingCapacity: true)
            let bodyLength = request.secretBody?.count ?? request.body.count
            // At once, since growing would leave copies behind.
            if request.isSecret {
                bytes.reserveCapacity(
                    2 * whole.count + origin.commonLines.count + request.headers.bytes.count + bodyLength + 256)
            }
            bytes.append(request.method.name)
            if origin.sendsWholeURL { bytes.append(url.origin) }
            if url.target.first != UInt8(ascii: "/") { bytes.append(UInt8(ascii: "/")) }
            bytes.append(url.target)
            bytes.append(contentsOf: origin.commonLines)
            bytes.append(contentsOf: request.headers.bytes)
            if request.method != .get {
                if !request.headers.hasContentType {
                    bytes.append("Content-Type: application/x-www-form-urlencoded\r\n")
                }
                bytes.append("Content-Length: ")
                bytes.append(decimal: bodyLength)
                bytes.append("\r\n")
            }
            bytes.append("\r\n")
            if request.method != .get {
                if let body = request.secretBody {
                    body.withView { bytes.append($0) }
                } else {
                    bytes.append(contentsOf: request.body)
                }
            }
            return origin
        }
    }
}

extension UpstreamRequest.Method {
    /// The method and the blank behind it.
    fileprivate var name: StaticString {
        switch self {
        case .get: "GET "
        case .post: "POST "
        case .put: "PUT "
        }
    }
}

extension UInt64 {
    fileprivate func addingClamped(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
