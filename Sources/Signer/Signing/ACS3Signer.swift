import Bytes
import CSystem

/// ACS3-HMAC-SHA256: action, version, time and nonce are headers, the parameters stay in query or form, and one header
/// carries the signature over all of them and the body's hash.
public struct ACS3Signer: RequestSigner {
    public init() {}

    public func sign(
        _ call: CloudCall, _ parameters: inout WireParameters, with key: AccessKey, stamp: RequestStamp,
        into request: inout SignedRequest
    ) throws(SigningError) {
        try parameters.prepareForSigning()
        let isForm = call.placement == .form || parameters.encodedLength > CloudCall.longestQuery
        request.reset(isForm ? .post : .get)
        request.url.append(contentsOf: call.endpoint.url)
        request.signedText.append(isForm ? "POST\n/\n" : "GET\n/\n")
        let canonicalStart = request.signedText.count
        parameters.forEach { name, value in
            if isForm {
                if !request.body.isEmpty { request.body.append(UInt8(ascii: "&")) }
                request.body.append(encodedPair: name, value)
            } else {
                if request.signedText.count > canonicalStart { request.signedText.append(UInt8(ascii: "&")) }
                request.signedText.append(encodedPair: name, value)
            }
        }
        if request.signedText.count > canonicalStart {
            request.url.append(UInt8(ascii: "?"))
            request.url.append(contentsOf: request.signedText[canonicalStart...])
        }
        request.signedText.append(UInt8(ascii: "\n"))

        let hasBody = !request.body.isEmpty
        var bodyHash: [UInt8] = []
        bodyHash.reserveCapacity(64)
        bodyHash.appendSHA256(of: request.body)
        request.addHeader("Accept", (call.format == .json ? "application/json" : "application/xml" as StaticString).view)
        if hasBody { request.sign("content-type", SignedRequest.formType.view) }
        call.endpoint.host.withView { request.signOnly("host", $0) }
        var action = call.action
        action.withUTF8 { request.sign("x-acs-action", $0) }
        bodyHash.withView { request.sign("x-acs-content-sha256", $0) }
        request.sign("x-acs-date", stamp.timestamp)
        key.withSecurityToken { token in
            if let token { request.sign("x-acs-security-token", token) }
        }
        request.sign("x-acs-signature-nonce", stamp.nonce)
        var version = call.version
        version.withUTF8 { request.sign("x-acs-version", $0) }

        let names = Self.signedNames(hasBody: hasBody, hasToken: key.hasSecurityToken)
        request.signedText.append(UInt8(ascii: "\n"))
        request.signedText.append(names)
        request.signedText.append(UInt8(ascii: "\n"))
        request.signedText.append(contentsOf: bodyHash)

        let code = ACS3.authenticationCode(of: request.signedText, with: key)
        code.withBytes { request.signature.append(hex: $0) }
        request.headerText.append("Authorization: ")
        request.headerText.append(ACS3.algorithm)
        request.headerText.append(" Credential=")
        request.headerText.append(contentsOf: key.id)
        request.headerText.append(",SignedHeaders=")
        request.headerText.append(names)
        request.headerText.append(",Signature=")
        request.headerText.append(contentsOf: request.signature)
        request.endHeader()
    }

    private static func signedNames(hasBody: Bool, hasToken: Bool) -> StaticString {
        switch (hasBody, hasToken) {
        case (false, false): "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
        case (true, false):
            "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
        case (false, true):
            "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version"
        case (true, true):
            "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version"
        }
    }
}

extension SignedRequest {
    /// A header that is sent and signed.
    fileprivate mutating func sign(_ name: StaticString, _ value: ByteView) {
        addHeader(name, value)
        signOnly(name, value)
    }

    /// A header that is signed here and sent by the client.
    fileprivate mutating func signOnly(_ name: StaticString, _ value: ByteView) {
        signedText.append(name)
        signedText.append(UInt8(ascii: ":"))
        signedText.append(value)
        signedText.append(UInt8(ascii: "\n"))
    }
}
