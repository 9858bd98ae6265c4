import Bytes

/// Tells who a caller is, by asking its sources in order. The first that knows the caller, or refuses it, decides.
public struct Authenticator: Sendable {
    private let sources: [any IdentitySource]

    public init(_ sources: [any IdentitySource]) {
        self.sources = sources
    }

    /// Authenticates a request by the value of its `Authorization` header, nil when it has none, and by what else
    /// `evidence` holds.
    public func authenticate(
        authorization: ByteView?, evidence: Evidence = Evidence(), at now: Timestamp
    ) -> Result<Caller, AuthenticationFailure> {
        var evidence = evidence
        var failure = AuthenticationFailure.missing
        if let authorization {
            switch BearerCredentials(authorization) {
            case .token(let token):
                evidence.bearerToken = token
                failure = .unknown
            case .otherScheme: failure = .unknown
            case .malformed: return .failure(.malformed)
            }
        }
        for source in sources {
            switch source.identify(evidence, at: now) {
            case .caller(let caller): return .success(caller)
            case .refused(let failure): return .failure(failure)
            case .notMine: continue
            }
        }
        return .failure(failure)
    }
}
