import Bytes

extension SLB {
    /// A further domain of an HTTPS listener, with a certificate of its own.
    struct DomainExtension: Sendable {
        let id: String
        let listener: Listener.Key
        let regionId: String
        let domain: String
        var certificateId: String

        /// The members that every answer about it has.
        var identity: [JSONValue.Member] {
            [
                .init("DomainExtensionId", .string(id)), .init("Domain", .string(domain)),
                .init("ServerCertificateId", .string(certificateId)),
            ]
        }
    }
}
