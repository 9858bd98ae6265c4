import Bytes

/// Decides whether a call is from whom it says it is: common parameters, key, signature, age, and that it is no repetition.
struct Authenticator: Sendable {
    /// Milliseconds that a timestamp may lie off: 31 minutes in the RPC style, 15 in the newer one.
    private static let rpcWindow: Int64 = 31 * 60 * 1000
    private static let acs3Window: Int64 = 15 * 60 * 1000

    private let keys: [String: CloudConfiguration.AccessKey]

    init(_ configuration: CloudConfiguration) {
        keys = Dictionary(configuration.accessKeys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a call says about itself in either style.
    private struct Claims {
        var accessKeyId: String
        var securityToken: String?
        var timestamp: SimulatedTime
        var nonce: String
    }

    /// Throws the documented error for the first thing that is wrong.
    func authenticate(
        _ envelope: CallEnvelope, _ request: SimulatedRequest, nonces: inout NonceStore
    ) throws(CloudError) {
        let claims = try envelope.style == .rpc ? Self.rpcClaims(envelope) : Self.acs3Claims(request)
        guard let key = keys[claims.accessKeyId] else { throw CloudError("InvalidAccessKeyId.NotFound") }
        guard key.isEnabled else { throw CloudError("Forbidden.AccessKeyDisabled") }
        guard claims.securityToken == key.securityToken else { throw CloudError("InvalidSecurityToken") }
        try SignatureCheck.verify(request, style: envelope.style, key)
        let window = envelope.style == .rpc ? Self.rpcWindow : Self.acs3Window
        let age = request.receivedAt.milliseconds - claims.timestamp.milliseconds
        guard abs(age) <= window else { throw CloudError("InvalidTimeStamp.Expired") }
        guard nonces.insert(claims.nonce, at: request.receivedAt) else { throw CloudError("SignatureNonceUsed") }
    }

    private static func rpcClaims(_ envelope: CallEnvelope) throws(CloudError) -> Claims {
        let parameters = envelope.parameters
        guard let id = parameters.text("AccessKeyId") else { throw .missing("AccessKeyId") }
        guard parameters.text("Signature") != nil else { throw .missing("Signature") }
        guard let method = parameters.text("SignatureMethod") else { throw .missing("SignatureMethod") }
        guard method == "HMAC-SHA1" || method == "HMAC-SHA256" else {
            throw CloudError("InvalidParamater", about: "SignatureMethod")
        }
        guard parameters.text("SignatureVersion") == "1.0" else {
            throw CloudError("InvalidParamater", about: "SignatureVersion")
        }
        guard let nonce = parameters.text("SignatureNonce") else { throw .missing("SignatureNonce") }
        let name = parameters.text("TimeStamp") != nil ? "TimeStamp" : "Timestamp"
        guard let written = parameters.text(name) else { throw .missing("TimeStamp") }
        guard written.utf8.count == 20, let timestamp = parameters.time(name) else {
            throw CloudError("IllegalTimestamp", about: "is not of the form")
        }
        return Claims(
            accessKeyId: id, securityToken: parameters.text("SecurityToken"), timestamp: timestamp, nonce: nonce)
    }

    private static func acs3Claims(_ request: SimulatedRequest) throws(CloudError) -> Claims {
        let authorization = request.header("authorization") ?? ""
        guard authorization.hasPrefix("ACS3-HMAC-SHA256 ") else {
            throw CloudError("InvalidParamater", about: "SignatureMethod")
        }
        let fields = authorization.dropFirst("ACS3-HMAC-SHA256 ".count).split(separator: ",")
        guard let credential = fields.first(where: { $0.hasPrefix("Credential=") })?.dropFirst("Credential=".count),
            !credential.isEmpty
        else { throw .missing("AccessKeyId") }
        guard let nonce = request.header("x-acs-signature-nonce"), !nonce.isEmpty else {
            throw .missing("x-acs-signature-nonce")
        }
        guard var date = request.header("x-acs-date") else { throw .missing("x-acs-date") }
        guard let timestamp = date.withUTF8({ $0.count == 20 ? Timestamp($0) : nil }) else {
            throw CloudError("IllegalTimestamp", about: "is not of the form")
        }
        return Claims(
            accessKeyId: String(credential), securityToken: request.header("x-acs-security-token"),
            timestamp: SimulatedTime(timestamp), nonce: nonce)
    }
}
