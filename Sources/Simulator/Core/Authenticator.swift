import Bytes
import Signer

/// Decides whether a call is from whom it says it is: the signer's verifier, its findings told as the cloud does.
struct Authenticator: Sendable {
    /// Calls within the longest window of time that are told apart; further ones are refused.
    private static let nonceCapacity = 1 << 21

    private let verifier = SignatureVerifier(nonces: NonceStore(capacity: nonceCapacity))
    private let keys: [String: AccessKey]
    private let disabledKeys: Set<String>
    private let accountId: String

    init(_ configuration: CloudConfiguration) {
        var keys: [String: AccessKey] = [:]
        for key in configuration.accessKeys { keys[key.id] = key.keyed }
        self.keys = keys
        accountId = configuration.accountId
        disabledKeys = Set(configuration.accessKeys.filter { !$0.isEnabled }.map(\.id))
    }

    /// Gives whose key signed a call that came at `now`: the account's, or one of `sessions`. Throws the documented error for
    /// the first thing that is wrong with the signature.
    func authenticate(
        _ call: ReceivedCall, _ sessions: STSSessions, at now: SimulatedTime
    ) throws(CloudError) -> STSCaller {
        if let id = call.accessKeyId, disabledKeys.contains(id) { throw CloudError("Forbidden.AccessKeyDisabled") }
        let session = call.accessKeyId.flatMap { sessions[$0] }
        do throws(VerificationFailure) {
            _ = try verifier.verify(call, at: now.timestamp) { session?.key ?? keys[$0.text] }
        } catch {
            throw Self.cloudError(error, call.style)
        }
        guard let session else { return STSCaller(accountId: accountId, user: call.accessKeyId ?? "") }
        guard now < session.end else { throw CloudError("InvalidSecurityToken.Expired") }
        return session.caller
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
    var keyed: AccessKey {
        var secret = Array(secret.utf8)
        guard let securityToken else { return AccessKey(id: Array(id.utf8), secret: SecretBytes(erasing: &secret)) }
        var token = Array(securityToken.utf8)
        return AccessKey(
            id: Array(id.utf8), secret: SecretBytes(erasing: &secret), securityToken: SecretBytes(erasing: &token))
    }
}
