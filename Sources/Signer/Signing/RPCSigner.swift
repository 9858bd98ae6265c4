import Bytes

/// RPC signature 1.0: all parameters, the common ones among them, sorted and percent-encoded; the string to sign
/// encodes that once more; the signature is one more parameter. HMAC-SHA1 or HMAC-SHA256.
public struct RPCSigner: RequestSigner {
    public enum Hash: Sendable { case sha1, sha256 }

    private let hash: Hash

    public init(_ hash: Hash) {
        self.hash = hash
    }

    private var method: SignatureMethod { hash == .sha1 ? .hmacSHA1 : .hmacSHA256 }

    /// The value of the parameter SignatureMethod.
    private var methodName: StaticString { hash == .sha1 ? "HMAC-SHA1" : "HMAC-SHA256" }

    /// In a POST the common parameters stand in the query and the action's own in the form, as the vendor's SDKs send
    /// them; both are signed together.
    public func sign(
        _ call: CloudCall, _ parameters: inout WireParameters, with key: AccessKey, stamp: RequestStamp,
        into request: inout SignedRequest
    ) throws(SigningError) {
        try call.checkNames()
        try parameters.prepareForSigning()
        var action = call.action
        var version = call.version
        action.withUTF8 { action in
            version.withUTF8 { version in
                key.id.withView { id in
                    key.withSecurityToken { token in
                        let common = CommonPairs(
                            accessKeyId: id, action: action, format: call.format == .json ? "JSON" : "XML",
                            securityToken: token, signatureMethod: methodName, nonce: stamp.nonce,
                            timestamp: stamp.timestamp, version: version)
                        write(call, common, parameters, into: &request)
                    }
                }
            }
        }
        let code = request.signedText.withView { key.authenticationCode(of: $0, method) }
        code.withBytes { request.signature.append(base64: $0) }
        request.url.append("Signature=")
        request.signature.withView { request.url.append(percentEncoded: $0) }
    }

    /// Writes URL, form and string to sign, all but the signature itself.
    private func write(
        _ call: CloudCall, _ common: CommonPairs, _ parameters: WireParameters, into request: inout SignedRequest
    ) {
        let isForm = call.placement == .form || isTooLong(common, parameters)
        request.reset(isForm ? .post : .get)
        request.url.append(contentsOf: call.endpoint.url)
        request.url.append(UInt8(ascii: "?"))
        request.signedText.append(isForm ? "POST&%2F&" : "GET&%2F&")
        if isForm { request.addFormHeader() }

        let longestCommon = common.longestEncodedLength
        let longestOwn = parameters.longestEncodedLength
        // Encoding again makes 5 bytes of 3, and 3 of each separator.
        let longestSigned = 3 * (longestCommon + longestOwn) + CanonicalWriter.slack
        request.signedText.appendFilling(longestSigned) { signed in
            CanonicalWriter.write(to: signed) { writer in
                request.url.appendFilling(longestCommon + (isForm ? 0 : longestOwn) + CanonicalWriter.slack) { query in
                    var queryEnd = query
                    request.body.appendFilling(isForm ? longestOwn + CanonicalWriter.slack : 0) { form in
                        var formEnd = form
                        common.merge(with: parameters) { name, value, isCommon in
                            if isForm, !isCommon {
                                writer.append(name, value, &formEnd)
                            } else {
                                writer.append(name, value, &queryEnd)
                            }
                        }
                        return max(0, formEnd - form - 1)
                    }
                    return queryEnd - query
                }
                return writer.signed - signed - 3
            }
        }
    }

    private func isTooLong(_ common: CommonPairs, _ parameters: WireParameters) -> Bool {
        let limit = CloudCall.longestQuery - Self.signatureRoom
        if common.longestEncodedLength + parameters.longestEncodedLength <= limit { return false }
        return common.encodedLength + parameters.encodedLength > limit
    }

    /// Bytes that `Signature=` and an encoded signature take at most.
    private static let signatureRoom = 10 + 44 * 3
}
