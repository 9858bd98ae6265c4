import Bytes

/// Why a signed request is refused. Holds what the caller sent, never anything of a key.
public enum VerificationFailure: Error, Hashable, Sendable {
    case unsupportedHTTPMethod(String)
    /// A body that is neither empty nor a form.
    case unsupportedMediaType(String)
    /// Query or form is not percent-encoded UTF-8.
    case malformedEncoding
    case repeatedParameter(String)
    /// A common parameter in the query or form of a call whose common values are headers.
    case misplacedParameter(String)
    /// A common parameter, or the header that stands for it.
    case missingParameter(String)
    case unsupportedSignatureMethod(String)
    case unsupportedSignatureVersion(String)
    case unsupportedSignatureType(String)
    /// The Authorization header cannot be read; the reason says why.
    case malformedAuthorization(String)
    /// A header that must be covered by the signature and is not.
    case unsignedHeader(String)
    case bodyHashMismatch
    case malformedTimestamp(String)
    /// The time is too far from the server's.
    case expiredTimestamp(String)
    case unknownKey(String)
    /// The SecurityToken is not the one of the key, or missing, or given with a permanent key.
    case wrongSecurityToken
    /// The signature is another one; `signedText` is the server's string to sign or canonical request.
    case signatureMismatch(signedText: String)
    case usedNonce
    /// There are too many calls to remember their nonces.
    case overloaded
}
