import Bytes

/// Tells who a caller is, by asking its sources in order. The first that knows the caller, or refuses it, decides.
///
/// A request that has an `Authorization` header is judged by that alone: a bad one is refused even where the connection
/// shows a good certificate or a known process, so that nobody acts as somebody else than they said.
public struct Authenticator: Sendable {
    private let sources: [any IdentitySource]

    public init(_ sources: [any IdentitySource]) {
        self.sources = sources
    }

    /// Authenticates a request by the value of its `Authorization` header, nil when it has none, and otherwise by what
    /// `evidence` holds of the connection.
    public func authenticate(
        authorization: ByteView?, evidence: Evidence = Evidence(), at now: Timestamp
    ) -> Result<Caller, AuthenticationRefusal> {
        var evidence = evidence
        var failure = AuthenticationFailure.missing
        if let authorization {
            evidence = Evidence()
            failure = .unknown
            switch BearerCredentials(authorization) {
            case .token(let token):
                evidence.bearerToken = token
                evidence.tokenHash = TokenHash(of: token)
            case .otherScheme: return .failure(AuthenticationRefusal(.unknown, ground: "the scheme is not Bearer"))
            case .malformed: return .failure(AuthenticationRefusal(.malformed))
            }
        }
        for source in sources {
            switch source.identify(evidence, at: now) {
            case .caller(let caller): return .success(caller)
            case .refused(let refusal): return .failure(refusal)
            case .notMine: continue
            }
        }
        return .failure(AuthenticationRefusal(failure))
    }
}
