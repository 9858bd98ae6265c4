import Bytes

/// Callers who show a JSON Web Token (RFC 7519) of a configured issuer in their bearer header.
///
/// The key that the header names is looked for in the configured sets, and the signature checked by it, before anything of
/// the payload is read; then the token must be one of the issuer whose key that is.
public final class JWTSource: IdentitySource {
    public let issuers: [JWTIssuer]
    private let directory: PrincipalDirectory
    private let verified: VerifiedTokens

    public init(_ issuers: [JWTIssuer], directory: PrincipalDirectory) {
        self.issuers = issuers
        self.directory = directory
        verified = VerifiedTokens()
    }

    public func identify(_ evidence: Evidence, at now: Timestamp) -> IdentityResult {
        guard let text = evidence.bearerToken, let token = CompactToken(text) else { return .notMine }
        let hash = evidence.tokenHash ?? TokenHash(of: text)
        if let caller = verified.caller(of: hash, at: now) { return .caller(caller) }
        do throws(JWTFault) {
            let caller = try verify(token, at: now)
            verified.insert(caller, for: hash, at: now)
            return .caller(caller)
        } catch {
            return .refused(
                AuthenticationRefusal(error.failure, ground: "JWT: \(error)", pendingKeys: pendingKeys(after: error)))
        }
    }

    private func verify(_ token: CompactToken, at now: Timestamp) throws(JWTFault) -> Caller {
        let header = try JWTHeader(token.header)
        var fault: JWTFault?
        for issuer in issuers {
            let version = issuer.keys.version
            guard let key = issuer.keys.keys.key(header.keyID, for: header.algorithm) else { continue }
            do throws(JWTFault) {
                try check(token, header, issuer, key)
                let claims = try JWTClaims(token.payload, of: issuer, at: now)
                return directory.caller(claims, keys: version)
            } catch {
                // Another issuer may have a key of the same name. What is wrong beyond issuer and key says most.
                if fault == nil || !error.isAboutAnotherIssuer { fault = error }
            }
        }
        if let fault { throw fault }
        if let issuer = issuers.first(where: { $0.keys.keys.entries.isEmpty }) { throw .noKeys(issuer: issuer.issuer) }
        throw .unknownKeyID(header.keyID)
    }

    private func check(
        _ token: CompactToken, _ header: JWTHeader, _ issuer: JWTIssuer, _ key: PublicKey
    ) throws(JWTFault) {
        guard key.algorithm == header.algorithm else {
            throw .keyOfOtherAlgorithm(header.keyID, key: key.algorithm, token: header.algorithm)
        }
        guard issuer.algorithms.contains(header.algorithm) else {
            throw .algorithmNotAccepted(header.algorithm, issuer: issuer.issuer)
        }
        let isGood = try CompactToken.withDecoded(token.signature, .signature) { signature throws(JWTFault) in
            key.verifies(signature, of: token.signed)
        }
        guard isGood else { throw .badSignature }
    }

    /// Asks for new keys when a key is missing. Which issuer's it would be, only its payload says, which nobody believes yet.
    private func pendingKeys(after fault: JWTFault) -> PendingKeys? {
        switch fault {
        case .unknownKeyID, .noKeys:
            var pending: PendingKeys?
            for issuer in issuers { pending = issuer.keys.keyIsMissing() ?? pending }
            return pending
        default: return nil
        }
    }
}

extension JWTFault {
    /// Whether the fault may only mean that the token is somebody else's.
    fileprivate var isAboutAnotherIssuer: Bool {
        switch self {
        case .badSignature, .otherIssuer, .keyOfOtherAlgorithm: true
        default: false
        }
    }
}
