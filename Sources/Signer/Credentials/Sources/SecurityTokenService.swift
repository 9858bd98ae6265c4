import Bytes
import Synchronization

/// Calls of STS, version 2015-04-01, as the vendor's SDKs make them: common parameters in the query, the action's own in a
/// form.
final class SecurityTokenService: Sendable {
    private static let version = "2015-04-01"

    private let context: CredentialContext
    private let skew = ClockSkew()
    private let stamps = Mutex(StampSource())

    init(_ context: CredentialContext) {
        self.context = context
    }

    /// A session of a role, by the key of somebody whom the role trusts.
    func assume(_ session: RoleSession, with key: AccessKey, for name: String) async throws(CredentialError) -> Credentials {
        let endpoint = try endpoint(for: name)
        var parameters = WireParameters()
        session.append(to: &parameters)
        if let externalID = session.externalID { parameters.append("ExternalId", externalID) }
        let call = CloudCall(endpoint: endpoint, action: "AssumeRole", version: Self.version, placement: .form)
        var signed = SignedRequest()
        let now = Timestamp(wallNanoseconds: context.clock())
        do throws(SigningError) {
            try stamps.withLock { stamps throws(SigningError) in
                try stamps.withStamp(skew.correct(now)) { stamp throws(SigningError) in
                    try context.signer.sign(call, &parameters, with: key, stamp: stamp, into: &signed)
                }
            }
        } catch {
            throw CredentialError(name, "the call cannot be signed: \(error)")
        }
        return try await send(CredentialRequest(signed), for: name)
    }

    /// A session of a role, by a token of an identity provider that the role trusts. Nothing is signed.
    func assume(
        _ session: RoleSession, provider: String, token: LockedBytes, for name: String
    ) async throws(CredentialError) -> Credentials {
        var parameters = WireParameters()
        session.append(to: &parameters)
        parameters.append("OIDCProviderArn", provider)
        parameters.sort()
        var common = WireParameters()
        common.append("Action", "AssumeRoleWithOIDC")
        common.append("Format", "JSON")
        common.append("Timestamp", "\(skew.correct(Timestamp(wallNanoseconds: context.clock())))")
        common.append("Version", Self.version)
        stamps.withLock { stamps in
            stamps.withStamp(Timestamp(wallNanoseconds: context.clock())) { common.append("SignatureNonce", $0.nonce.text) }
        }
        common.sort()
        var url = try endpoint(for: name).url
        url.append(UInt8(ascii: "?"))
        url.append(encoded: common)
        var request = CredentialRequest(.post, url: url, route: .configured)
        var form: [UInt8] = []
        form.append(encoded: parameters)
        form.append("&OIDCToken=")
        let body = LockedBytes(capacity: form.count + 3 * token.count)
        form.withView { _ = body.append($0) }
        token.withView { body.append(percentEncoded: $0) }
        request.form = body
        return try await send(request, for: name)
    }

    private func endpoint(for name: String) throws(CredentialError) -> Endpoint {
        guard let endpoint = context.securityTokenService else {
            throw CredentialError(name, "the address of STS is not known; add `sts` to the account's `endpoints`")
        }
        return endpoint
    }

    private func send(_ request: CredentialRequest, for name: String) async throws(CredentialError) -> Credentials {
        let answer = try await context.transport.send(request, for: name)
        let now = Timestamp(wallNanoseconds: context.clock())
        // Also of a refusal: the next try is stamped with the right time then.
        answer.date?.withView { _ = skew.observe(date: $0, at: now) }
        guard answer.status == 200 else { throw answer.refusal(for: name) }
        return try answer.credentials(.service(in: "Credentials"), for: name, at: now)
    }
}

extension RoleSession {
    fileprivate func append(to parameters: inout WireParameters) {
        parameters.append("RoleArn", role)
        parameters.append("RoleSessionName", name)
        parameters.append("DurationSeconds", "\(duration)")
        if let policy { parameters.append("Policy", policy) }
    }
}

extension CredentialRequest {
    /// A signed call of the cloud.
    init(_ signed: SignedRequest) {
        self.init(signed.method == .get ? .get : .post, url: signed.url, route: .configured)
        if signed.method == .post { form = signed.body.withView { LockedBytes(copying: $0) } }
        signed.forEachHeader { line in
            guard let colon = line.firstOffset(of: UInt8(ascii: ":")) else { return }
            headers.append(.init(name: line.slice(0..<colon).text, value: Array(line.slice(colon + 1..<line.count).trimmed)))
        }
    }
}

extension LockedBytes {
    /// Appends `bytes`, percent-encoded by RFC 3986, as far as there is room.
    fileprivate func append(percentEncoded bytes: ByteView) {
        let digits: StaticString = "0123456789ABCDEF"
        for byte in bytes {
            if PercentCoding.isUnreserved(byte) {
                append(byte)
            } else {
                append(UInt8(ascii: "%"))
                append(digits.utf8Start[Int(byte >> 4)])
                append(digits.utf8Start[Int(byte & 15)])
            }
        }
    }
}
