import Auth
import Bytes
import HTTP

/// Who calls.
extension Pipeline {
    /// Finds out who calls: by the `Authorization` header if there is one, else by the connection.
    func authenticate(_ exchange: Exchange, _ call: Call) throws(Problem) {
        let authorization = exchange.header(.authorization)
        call.source = services.source(of: exchange)
        let result = services.access.doorkeeper.authenticate(
            authorization: authorization, evidence: authorization == nil ? services.evidence(of: exchange) : Evidence(),
            source: call.source, at: Timestamp(wallNanoseconds: SystemClock.wall), time: SystemClock.monotonic)
        switch result {
        case .success(let caller): call.caller = caller
        case .failure(let refusal):
            if let keys = refusal.pendingKeys, !call.hasWaitedForKeys {
                call.hasWaitedForKeys = true
                call.waiting = .keys(keys)
                throw .undecided
            }
            metrics.authenticationFailed(refusal.failure)
            call.refusal = refusal
            throw Problem(refusal)
        }
    }
}

extension Problem {
    /// What a caller is told who is not authenticated: never more than the kind of failure.
    fileprivate init(_ refusal: AuthenticationRefusal) {
        let detail = refusal.failure.rawValue
        switch refusal.failure {
        case .tooMany:
            self.init(429, "TooManyFailures", detail, retryable: true, retryAfter: refusal.retryAfter)
        case .unavailable:
            self.init(503, "CredentialsUnavailable", detail, origin: .gateway, retryable: true, retryAfter: 5)
        default:
            let challenge = refusal.failure == .missing ? Self.challenge : Self.challengeAfterFailure
            self.init(
                401, "Unauthorized", "\(detail); send `Authorization: Bearer` with an API token",
                headers: [("WWW-Authenticate", challenge)])
        }
        delay = refusal.delay
    }

    private static let challenge = "Bearer realm=\"acs-gateway\""
    private static let challengeAfterFailure = "Bearer realm=\"acs-gateway\", error=\"invalid_token\""
}
