/// What goes wrong on the way of a request and reaches the caller: the one error type of the pipeline.
///
/// Rendered in one place (``Problem/append(to:requestID:)``) as RFC 9457 `application/problem+json`.
public struct Problem: Error, Sendable, Equatable {
    /// Who has to act so that the request can succeed.
    public enum Origin: String, Sendable {
        /// The request itself is at fault.
        case client
        /// The gateway is at fault, or too busy.
        case gateway
        /// The keys by which the gateway calls the cloud are at fault.
        case credentials
        /// The cloud refused, failed or was not reached.
        case cloud
    }

    /// One thing that is wrong with the input.
    public struct Fault: Sendable, Equatable {
        /// A REST parameter (`dataDisk[2].size`), or a JSON pointer when it begins with `/`.
        public var location: String
        public var reason: String
        /// What would be accepted, if that can be said shortly.
        public var allowed: String?

        public init(location: String, reason: String, allowed: String? = nil) {
            self.location = location
            self.reason = reason
            self.allowed = allowed
        }
    }

    /// The call to the cloud that the problem came from.
    public struct Upstream: Sendable, Equatable {
        public var action: String
        public var code: String?
        public var requestID: String?
        /// HTTP status of the cloud's answer; nil when there was none.
        public var status: Int?
    }

    public var status: Int
    /// The cloud's own code, or ours; never translated, so that programs may branch on it.
    public var code: String
    public var detail: String
    public var origin: Origin
    /// Whether the same request may succeed later.
    public var retryable: Bool
    /// Whether the cloud may have done what was asked, although there is no answer that says so.
    public var mayHaveHadEffect = false
    /// Nanoseconds for which the answer is held back.
    public var delay: UInt64 = 0
    /// Seconds for `Retry-After`.
    public var retryAfter: Int?
    public var upstream: Upstream?
    public var faults: [Fault]
    /// Header lines that belong to the answer, such as `Allow` and `WWW-Authenticate`.
    public var headers: [(name: StaticString, value: String)]

    public init(
        _ status: Int, _ code: String, _ detail: String, origin: Origin = .client, retryable: Bool = false,
        retryAfter: Int? = nil, upstream: Upstream? = nil, faults: [Fault] = [],
        headers: [(name: StaticString, value: String)] = []
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.origin = origin
        self.retryable = retryable
        self.retryAfter = retryAfter
        self.upstream = upstream
        self.faults = faults
        self.headers = headers
    }

    public static func == (left: Problem, right: Problem) -> Bool {
        left.status == right.status && left.code == right.code && left.detail == right.detail
            && left.origin == right.origin && left.retryable == right.retryable && left.retryAfter == right.retryAfter
            && left.upstream == right.upstream && left.faults == right.faults
            && left.headers.map(\.value) == right.headers.map(\.value)
    }
}

extension Problem {
    /// Bad input, every fault of it.
    init(faults: [Fault]) {
        let detail =
            faults.count == 1
            ? "\(faults[0].location) \(faults[0].reason)" : "\(faults.count) things are wrong with the request; see `errors`"
        self.init(400, "InvalidRequest", detail, faults: faults)
    }

    static let internalError = Problem(
        500, "InternalError", "the gateway failed on this request; please report it with the request id", origin: .gateway)
    static let notCached = Problem(
        504, "NotCached", "nothing fresh is stored, and `only-if-cached` forbids to ask the cloud", retryable: true)
    /// Nobody reads it: the request waits for what it takes to decide it.
    static let undecided = Problem(503, "Undecided", "the request cannot be decided yet", origin: .gateway, retryable: true)
    /// Nobody reads it: the caller hung up.
    static let callerGone = Problem(503, "CallerGone", "the caller went away", retryable: true)
}
