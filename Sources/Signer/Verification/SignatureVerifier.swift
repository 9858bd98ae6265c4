import Bytes

/// Decides whether a received call was signed by the owner of a known key, now, and for the first time.
public struct SignatureVerifier: Sendable {
    /// Seconds that the time of an RPC call may be off, by the vendor's page on the RPC mechanism.
    public static let rpcWindow = 31 * 60
    /// Seconds that the time of an ACS3 call may be off.
    public static let acs3Window = 15 * 60

    private let rpcWindow: Int
    private let acs3Window: Int
    private let nonces: NonceStore

    /// `nonces` is shared by all verifiers whose calls must not be replayed against each other.
    public init(
        nonces: NonceStore, rpcWindow: Int = SignatureVerifier.rpcWindow, acs3Window: Int = SignatureVerifier.acs3Window
    ) {
        self.nonces = nonces
        self.rpcWindow = rpcWindow
        self.acs3Window = acs3Window
    }

    /// Returns the key that signed `call`. `key` gives the key of an AccessKeyId, or nil when there is none.
    ///
    /// A nonce is remembered only when everything else is right, so that nobody without a key can use up another's.
    public func verify(
        _ call: ReceivedCall, at now: Timestamp, key: (ByteView) -> AccessKey?
    ) throws(VerificationFailure) -> AccessKey {
        if let fault = call.fault { throw fault }
        _ = try call.required(.action)
        _ = try call.required(.version)
        let keyId = try call.required(.accessKeyId)
        let signature = try call.required(.signature)
        let method = try method(of: call)
        let nonce = try call.required(.signatureNonce)
        let timestamp = try timestamp(of: call)
        let window = call.style == .rpc ? rpcWindow : acs3Window
        let expiry = timestamp.advanced(by: window)
        guard now <= expiry, timestamp <= now.advanced(by: window) else {
            throw .expiredTimestamp(timestamp.description)
        }
        guard let key = Array(keyId.utf8).withView(key) else { throw .unknownKey(keyId) }
        guard matches(signature, method, call.signedText, key) else {
            throw .signatureMismatch(signedText: String(decoding: call.signedText, as: UTF8.self))
        }
        try checkSecurityToken(call, key)
        let outcome = Array(nonce.utf8).withView { nonce in
            key.id.withView { nonces.insert(nonce, keyId: $0, expiry: expiry, now: now) }
        }
        switch outcome {
        case .fresh: return key
        case .used: throw .usedNonce
        case .full: throw .overloaded
        }
    }

    private func method(of call: ReceivedCall) throws(VerificationFailure) -> SignatureMethod {
        guard call.style == .rpc else { return .acs3 }
        if let type = call[.signatureType], !type.isEmpty { throw .unsupportedSignatureType(type) }
        let version = try call.required(.signatureVersion)
        guard version == "1.0" else { throw .unsupportedSignatureVersion(version) }
        let name = try call.required(.signatureMethod)
        switch name.uppercased() {
        case "HMAC-SHA1": return .hmacSHA1
        case "HMAC-SHA256": return .hmacSHA256
        default: throw .unsupportedSignatureMethod(name)
        }
    }

    private func timestamp(of call: ReceivedCall) throws(VerificationFailure) -> Timestamp {
        let text = try call.required(.timestamp)
        guard text.utf8.count == 20, let timestamp = Array(text.utf8).withView({ Timestamp($0) }) else {
            throw .malformedTimestamp(text)
        }
        return timestamp
    }

    private func matches(_ signature: String, _ method: SignatureMethod, _ signedText: [UInt8], _ key: AccessKey)
        -> Bool
    {
        let sent = Array(signature.utf8)
        if method == .acs3 {
            var scratch: [UInt8] = []
            var expected: [UInt8] = []
            ACS3.authenticationCode(of: signedText, with: key, scratch: &scratch).withBytes { expected.append(hex: $0) }
            return sent.withView { sent in expected.withView { sent.equalsInConstantTime($0) } }
        }
        guard let sentCode = sent.withView({ Base64.decode($0) }) else { return false }
        let expected = signedText.withView { key.authenticationCode(of: $0, method) }
        return sentCode.withView { expected.equals($0) }
    }

    private func checkSecurityToken(_ call: ReceivedCall, _ key: AccessKey) throws(VerificationFailure) {
        let sent = call[.securityToken].map { Array($0.utf8) }
        let isRight = key.withSecurityToken { expected in
            guard let expected else { return sent?.isEmpty ?? true }
            return sent?.withView { $0.equalsInConstantTime(expected) } ?? false
        }
        guard isRight else { throw .wrongSecurityToken }
    }
}

extension Timestamp {
    /// The instant `seconds` later, or the last one there is.
    fileprivate func advanced(by seconds: Int) -> Timestamp {
        let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(Int64(seconds))
        return Timestamp(secondsSinceEpoch: overflow ? .max : sum)
    }
}
