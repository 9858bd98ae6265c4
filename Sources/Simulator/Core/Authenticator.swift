import Bytes
import Signer

/// Decides whether a call is from whom it says it is: the signer's verifier, its findings told as the cloud does.
struct Authenticator: Sendable {
    /// Calls within the longest window of time that are told apart; further ones are refused.
    private static let nonceCapacity = 1 << 21

    private let verifier = SignatureVerifier(nonces: NonceStore(capacity: nonceCapacity))
    private let keys: [String: AccessKey]
    private let disabledKeys: Set<String>

    init(_ configuration: CloudConfiguration) {
        var keys: [String: AccessKey] = [:]
        for key in configuration.accessKeys { keys[key.id] = key.keyed }
        self.keys = keys
        disabledKeys = Set(configuration.accessKeys.filter { !$0.isEnabled }.map(\.id))
    }

    /// Throws the documented error for the first thing that is wrong with the signature of a call that came at `now`.
    func authenticate(_ call: ReceivedCall, at now: SimulatedTime) throws(CloudError) {
        if let id = call.accessKeyId, disabledKeys.contains(id) { throw CloudError("Forbidden.AccessKeyDisabled") }
        do throws(VerificationFailure) {
            _ = try verifier.verify(call, at: now.timestamp) { keys[$0.text] }
        } catch {
            throw Self.cloudError(error, call.style)
        }
    }

    private static func cloudError(_ failure: VerificationFailure, _ style: ReceivedCall.Style) -> CloudError {
        switch failure {
        case .unsupportedHTTPMethod: CloudError("UnsupportedHTTPMethod")
        case .unsupportedMediaType:
            CloudError("InvalidParameter", status: 400, message: "The body of the request is no form.")
        case .malformedEncoding:
            CloudError("InvalidParameter", status: 400, message: "The parameters of the request cannot be decoded.")
        case .repeatedParameter(let name):
            CloudError("InvalidParameter", status: 400, message: "The parameter \"\(name)\" is given twice.")
        case .misplacedParameter(let name):
            CloudError("InvalidParameter", status: 400, message: "The parameter \"\(name)\" is a header in this style.")
        case .missingParameter(let name): .missing(name == "Timestamp" ? "TimeStamp" : name)
        case .unsupportedSignatureMethod: CloudError("InvalidParamater", about: "SignatureMethod")
        case .unsupportedSignatureVersion: CloudError("InvalidParamater", about: "SignatureVersion")
        case .unsupportedSignatureType: .invalid("SignatureType")
        case .malformedTimestamp: CloudError("IllegalTimestamp", about: "is not of the form")
        case .expiredTimestamp: CloudError("InvalidTimeStamp.Expired")
        case .unknownKey: CloudError("InvalidAccessKeyId.NotFound")
        case .wrongSecurityToken: CloudError("InvalidSecurityToken")
        case .malformedAuthorization, .unsignedHeader, .bodyHashMismatch: CloudError("IncompleteSignature")
        case .signatureMismatch: CloudError(style == .rpc ? "IncompleteSignature" : "SignatureDoesNotMatch")
        case .usedNonce: CloudError("SignatureNonceUsed")
        case .overloaded: CloudError("ServiceUnavailable")
        }
    }
}

extension CloudConfiguration.AccessKey {
    /// The key as the verifier wants it.
    fileprivate var keyed: AccessKey {
        var secret = Array(secret.utf8)
        guard let securityToken else { return AccessKey(id: Array(id.utf8), secret: SecretBytes(erasing: &secret)) }
        var token = Array(securityToken.utf8)
        return AccessKey(
            id: Array(id.utf8), secret: SecretBytes(erasing: &secret), securityToken: SecretBytes(erasing: &token))
    }
}
