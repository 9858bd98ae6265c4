import Bytes

extension ReceivedCall {
    /// Reads the ACS3 style: common values are headers, all of them signed, and the body is covered by its hash.
    mutating func readACS3(_ request: ReceivedRequest, _ header: ByteView) throws(VerificationFailure) {
        readHeaders(request)
        let authorization = try ACS3Authorization(header)
        common.append(CommonParameter.accessKeyId.name, authorization.credential)
        common.append(CommonParameter.signature.name, authorization.signature)

        var own = parameters
        defer { parameters = own }
        try Self.forEachPair(of: request) { (name, value) throws(VerificationFailure) in
            if CommonParameter.named(name) != nil { throw .misplacedParameter(name.text) }
            own.append(name, value)
        }
        var sorted = own
        sorted.sort()
        try sorted.refuseRepeated()
        try checkCoverage(request, authorization)

        guard let sentHash = request.header("x-acs-content-sha256") else {
            throw .missingParameter("x-acs-content-sha256")
        }
        var bodyHash: [UInt8] = []
        ACS3.append(hashOf: request.body, to: &bodyHash)
        guard bodyHash.withView({ sentHash.equals($0) }) else { throw .bodyHashMismatch }
        try writeCanonicalRequest(request, authorization, bodyHash)
    }

    private mutating func readHeaders(_ request: ReceivedRequest) {
        let names: [(StaticString, CommonParameter)] = [
            ("x-acs-action", .action), ("x-acs-version", .version), ("x-acs-date", .timestamp),
            ("x-acs-signature-nonce", .signatureNonce), ("x-acs-security-token", .securityToken),
        ]
        for (header, parameter) in names {
            if let value = request.header(header) { common.append(parameter.name, value) }
        }
        guard let accepted = request.header("accept") else { return }
        let mediaType = accepted.slice(0..<(accepted.firstOffset(of: UInt8(ascii: ";")) ?? accepted.count)).trimmed
        if mediaType.equalsIgnoringCase("application/json") { common.append(CommonParameter.format.name, "JSON") }
        if mediaType.equalsIgnoringCase("application/xml") { common.append(CommonParameter.format.name, "XML") }
    }

    /// Makes sure that the signature covers what it must: Host, every `x-acs-…` header, and the type of a body.
    private func checkCoverage(
        _ request: ReceivedRequest, _ authorization: ACS3Authorization
    ) throws(VerificationFailure) {
        guard request.header("host") != nil else { throw .missingParameter("host") }
        for header in request.headers {
            let isCovered =
                header.name.startsWithIgnoringCase("x-acs-") || header.name.equalsIgnoringCase("host")
                || (!request.body.isEmpty && header.name.equalsIgnoringCase("content-type"))
            if isCovered, !authorization.covers(header.name) { throw .unsignedHeader(header.name.text) }
        }
    }

    /// The query alone is canonical, not the form; it is encoded anew from its decoded parameters.
    private mutating func writeCanonicalRequest(
        _ request: ReceivedRequest, _ authorization: ACS3Authorization, _ bodyHash: [UInt8]
    ) throws(VerificationFailure) {
        var query = WireParameters()
        try Self.forEachPair(in: request.query) { (name, value) throws(VerificationFailure) in query.append(name, value)
        }
        query.sort()
        var text = signedText
        text.append(request.method)
        text.append("\n")
        text.append(request.path)
        text.append("\n")
        text.append(encoded: query)
        text.append("\n")
        try authorization.forEachSignedHeader { (name) throws(VerificationFailure) in
            let values = request.headers.filter { $0.name.equalsIgnoringCase(name) }
            guard let value = values.first?.value else { throw .missingParameter(name.text) }
            guard values.count == 1 else { throw .malformedAuthorization("signed header given twice") }
            text.append(name)
            text.append(":")
            text.append(value.trimmed)
            text.append("\n")
        }
        text.append("\n")
        text.append(authorization.signedHeaders)
        text.append("\n")
        text.append(contentsOf: bodyHash)
        signedText = text
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// Whether the bytes are those of `other`, ASCII letters compared without case.
    func equalsIgnoringCase(_ other: ByteView) -> Bool {
        count == other.count && indices.allSatisfy { self[$0].asciiLowercased == other[$0].asciiLowercased }
    }

    /// Whether the view begins with `text`, given in lower case, ASCII letters compared without case.
    func startsWithIgnoringCase(_ text: StaticString) -> Bool {
        slice(0..<text.utf8CodeUnitCount).equalsIgnoringCase(text)
    }
}
