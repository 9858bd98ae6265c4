import Bytes

extension SLB {
    /// A certificate, of a server or of an authority. Neither its body nor its key is kept: nobody can ask for them.
    struct Certificate: Sendable {
        enum Kind: Hashable, Sendable { case server, authority }

        let id: String
        let kind: Kind
        let regionId: String
        var name: String
        let facts: X509Facts
        let creationTime: SimulatedTime
        var resourceGroupId = ""
        /// Id and name in the certificate service; empty for what was uploaded here.
        var serviceId = ""
        var serviceName = ""

        /// The members that both kinds have, `prefix` in front of the names of id and name.
        func members(_ prefix: String) -> [JSONValue.Member] {
            [
                .init("\(prefix)Id", .string(id)), .init("\(prefix)Name", .string(name)),
                .init("Fingerprint", .string(facts.fingerprint)), .init("CommonName", .string(facts.commonName)),
                .init("CreateTime", .string(creationTime.text)),
                .init("CreateTimeStamp", .number("\(creationTime.milliseconds)")),
                .init("ExpireTime", .string(facts.expiry.text)),
                .init("ExpireTimeStamp", .number("\(facts.expiry.milliseconds)")),
                .init("ResourceGroupId", .string(resourceGroupId)),
            ]
        }
    }
}

extension SLBWorld {
    /// The certificate of a kind with this id in a region.
    func certificate(_ id: String, _ kind: SLB.Certificate.Kind, in region: String) throws(CloudError) -> SLB.Certificate {
        guard let found = certificates[id], found.kind == kind, found.regionId == region else {
            throw CloudError(
                "InvalidParameter",
                about: kind == .server ? "ServerCertificateId is not Support" : "specified resource does not exist")
        }
        return found
    }

    /// Gives a certificate the name in the call's parameter `parameter`.
    mutating func rename(
        _ certificate: SLB.Certificate, _ context: ActionContext, _ parameter: String
    ) throws(CloudError) -> JSONValue {
        let name = try context.required(parameter)
        guard SLB.Naming.isName(name) else { throw .invalid(parameter) }
        certificates[certificate.id]?.name = name
        return .empty
    }

    mutating func delete(_ certificate: SLB.Certificate) throws(CloudError) -> JSONValue {
        try checkUnused(certificate)
        tags[SLB.TagKey(kind: .certificate, id: certificate.id)] = nil
        certificates[certificate.id] = nil
        return .empty
    }

    /// Refuses to let go of a certificate that a listener or a domain uses.
    private func checkUnused(_ certificate: SLB.Certificate) throws(CloudError) {
        let isUsed =
            listeners.all.contains { [$0["ServerCertificateId"], $0["CACertificateId"]].contains(certificate.id) }
            || domainExtensions.all.contains { $0.certificateId == certificate.id }
        if isUsed { throw CloudError("CertificateAndPrivateKeyIsRefered") }
    }
}

extension World {
    /// A new certificate id: account, upload and two numbers, as the cloud makes them.
    mutating func certificateId(_ context: ActionContext) -> String {
        var digits: [UInt8] = []
        digits.append(hex: (0..<6).map { _ in UInt8(identifiers.below(256)) })
        let upload = String(decoding: digits.dropFirst(), as: UTF8.self)
        return
            "\(context.accountId)_\(upload)_\(1_000_000_000 + identifiers.below(900_000_000))_-\(1 + identifiers.below(2_000_000_000))"
    }
}
