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
        try call.checkNames()
        guard key.isPrintable else { throw .unprintableKey }
        try parameters.prepareForSigning()
        let isForm =
            call.placement == .form
            || (parameters.longestEncodedLength > CloudCall.longestQuery
                && parameters.encodedLength > CloudCall.longestQuery)
        request.reset(isForm ? .post : .get)
        write(parameters, of: call, into: &request)
        let hasBody = !request.body.isEmpty
        let bodyHash = writeHeaders(of: call, key, stamp, hasBody: hasBody, into: &request)

        let names = Self.signedNames(hasBody: hasBody, hasToken: key.hasSecurityToken)
        request.signedText.append(UInt8(ascii: "\n"))
        request.signedText.append(names)
        request.signedText.append(UInt8(ascii: "\n"))
        request.signedText.append(contentsOf: request.headerText[bodyHash])

        let code = ACS3.authenticationCode(of: request.signedText, with: key, scratch: &request.scratch)
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

    /// Writes URL, form, and the canonical request up to its headers.
    private func write(_ parameters: WireParameters, of call: CloudCall, into request: inout SignedRequest) {
        request.url.append(contentsOf: call.endpoint.url)
        request.signedText.append(request.method == .post ? "POST\n/\n" : "GET\n/\n")
        if request.method == .post {
            request.body.append(encoded: parameters)
        } else if !parameters.isEmpty {
            request.url.append(UInt8(ascii: "?"))
            let query = request.url.count
            request.url.append(encoded: parameters)
            request.signedText.append(contentsOf: request.url[query...])
        }
        request.signedText.append(UInt8(ascii: "\n"))
    }

    /// Writes the headers to send, and those that are signed into the canonical request. Returns where the body's hash
    /// stands in the headers' text.
    private func writeHeaders(
        of call: CloudCall, _ key: AccessKey, _ stamp: RequestStamp, hasBody: Bool, into request: inout SignedRequest
    ) -> Range<Int> {
        let accepted: StaticString = call.format == .json ? "application/json" : "application/xml"
        request.addHeader("Accept", accepted.view)
        if hasBody { request.sign("content-type", SignedRequest.formType.view) }
        call.endpoint.host.withView { request.signOnly("host", $0) }
        var action = call.action
        action.withUTF8 { request.sign("x-acs-action", $0) }

        request.headerText.append("x-acs-content-sha256: ")
        let hashStart = request.headerText.count
        request.body.withView { ACS3.append(hashOf: $0, to: &request.headerText) }
        let bodyHash = hashStart..<request.headerText.count
        request.endHeader()
        request.signedText.append("x-acs-content-sha256:")
        request.signedText.append(contentsOf: request.headerText[bodyHash])
        request.signedText.append(UInt8(ascii: "\n"))

        request.sign("x-acs-date", stamp.timestamp)
        key.withSecurityToken { token in
            if let token { request.sign("x-acs-security-token", token) }
        }
        request.sign("x-acs-signature-nonce", stamp.nonce)
        var version = call.version
        version.withUTF8 { request.sign("x-acs-version", $0) }
        return bodyHash
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
