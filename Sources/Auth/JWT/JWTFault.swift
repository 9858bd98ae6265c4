import Bytes

/// Why a JWT is refused, precisely: for the log. The caller is told only what ``failure`` says.
public enum JWTFault: Error, Hashable, Sendable {
    /// A part of the compact form: header, payload or signature.
    public enum Part: String, Hashable, Sendable {
        case header, payload, signature
    }

    case malformedEncoding(Part)
    case malformedJSON(Part, String)
    case missingAlgorithm
    case noAlgorithm
    case symmetricAlgorithm(String)
    case unknownAlgorithm(String)
    case algorithmNotAccepted(JWTAlgorithm, issuer: String)
    case otherType(String)
    case criticalExtension
    case nested
    case missingKeyID
    case unknownKeyID(String)
    /// No key of an issuer could be fetched so far.
    case noKeys(issuer: String)
    case keyOfOtherAlgorithm(String, key: JWTAlgorithm, token: JWTAlgorithm)
    case badSignature
    case otherIssuer(found: String?, wanted: String)
    case otherAudience
    case missingExpiry
    case malformedTime(String)
    case expired(Timestamp)
    case notYetValid(Timestamp)
    case issuedInFuture(Timestamp)
    case missingClaim(String)
    case unusableClaim(String, String)

    /// What the caller may know of it. That a token has expired is told only of one whose signature is good.
    public var failure: AuthenticationFailure {
        switch self {
        case .expired: .expired
        case .noKeys: .unavailable
        default: .unknown
        }
    }
}

extension JWTFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformedEncoding(let part): "the \(part.rawValue) is no base64url"
        case .malformedJSON(let part, let reason): "the \(part.rawValue) is no acceptable JSON object: \(reason)"
        case .missingAlgorithm: "the header has no `alg`"
        case .noAlgorithm: "the token is not signed (`alg` is `none`)"
        case .symmetricAlgorithm(let name): "the algorithm `\(name.abridged)` takes a shared secret, of which there is none"
        case .unknownAlgorithm(let name): "the algorithm `\(name.abridged)` is not supported"
        case .algorithmNotAccepted(let algorithm, let issuer):
            "the algorithm `\(algorithm.rawValue)` is not accepted from `\(issuer)`"
        case .otherType(let type): "`typ` is `\(type.abridged)`, so it is a token for another purpose"
        case .criticalExtension: "the header has `crit`, and no extension is known"
        case .nested: "the payload is another token (`cty`)"
        case .missingKeyID: "the header has no `kid`"
        case .unknownKeyID(let id): "no issuer has a key `\(id.abridged)`"
        case .noKeys(let issuer): "the keys of `\(issuer)` could not be fetched yet"
        case .keyOfOtherAlgorithm(let id, let key, let token):
            "the key `\(id.abridged)` is for \(key.rawValue), the token says \(token.rawValue)"
        case .badSignature: "the signature does not match"
        case .otherIssuer(let found, let wanted):
            "`iss` is \(found.map { "`\($0.abridged)`" } ?? "missing"), the key is one of `\(wanted)`"
        case .otherAudience: "`aud` does not name this gateway"
        case .missingExpiry: "`exp` is missing"
        case .malformedTime(let claim): "`\(claim)` is no number of seconds since 1970"
        case .expired(let time): "it expired at \(time)"
        case .notYetValid(let time): "it is not valid before \(time)"
        case .issuedInFuture(let time): "it was issued in the future, at \(time)"
        case .missingClaim(let claim): "the claim `\(claim)`, which names the principal, is missing"
        case .unusableClaim(let claim, let reason): "the claim `\(claim)` \(reason)"
        }
    }
}
