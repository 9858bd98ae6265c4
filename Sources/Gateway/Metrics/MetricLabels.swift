import Auth

/// What a request was, for the metrics.
public enum RequestClass: String, Sendable, CaseIterable {
    /// An action that only looks.
    case read
    /// An action that changes something.
    case write
    /// One of the gateway's own endpoints.
    case gateway
    /// No known path, or refused before that was known.
    case unmatched
}

/// What became of one call of the cloud, for the metrics.
public enum UpstreamOutcome: String, Sendable, CaseIterable {
    case ok
    /// The cloud refused the request: an error of the class 4xx.
    case refused
    case throttled
    /// The cloud did not accept the gateway's key, or there was none.
    case credentials
    /// The cloud failed, or its answer made no sense.
    case failed
    case unreachable
    case timeout
}

extension UpstreamOutcome {
    /// The outcome of a call that ended in `problem`.
    public init(_ problem: Problem) {
        self =
            switch (problem.origin, problem.status) {
            case (.credentials, _): .credentials
            case (_, 429): .throttled
            case (_, 504): .timeout
            case (_, 500...): problem.upstream?.status == nil ? .unreachable : .failed
            default: .refused
            }
    }
}

/// The statuses that are told apart; every other one is `other`.
enum StatusLabel {
    static let statuses: [UInt16] = [
        200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 417, 422, 429, 431, 500,
        501, 502, 503, 504, 505,
    ]
    static let labels = statuses.map { "\($0)" } + ["none", "other"]

    /// The position in ``labels`` of a status; 0 stands for a request without an answer.
    static func index(of status: UInt16) -> Int {
        if status == 0 { return statuses.count }
        return status < positions.count ? Int(positions[Int(status)]) : statuses.count + 1
    }

    private static let positions: [UInt8] = (0..<600).map { status in
        UInt8(statuses.firstIndex(of: UInt16(status)) ?? statuses.count + 1)
    }
}

/// Why callers are not authenticated, as labels.
enum FailureLabel {
    static let failures: [AuthenticationFailure] = [
        .missing, .malformed, .unknown, .expired, .unavailable, .tooMany,
    ]
    static let labels = ["missing", "malformed", "unknown", "expired", "unavailable", "too-many"]
}

enum DecisionLabel {
    static let outcomes: [Decision.Outcome] = [.allow, .explicitDeny, .implicitDeny, .invalidPolicy]
}
