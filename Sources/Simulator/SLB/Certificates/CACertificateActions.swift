import Bytes

extension SLB {
    /// Certificates of authorities, by which HTTPS listeners know their clients.
    enum CACertificateActions {
        static let handlers: [String: ActionHandler] = [
            "UploadCACertificate": upload,
            "DescribeCACertificates": list,
            "SetCACertificateName": rename,
            "DeleteCACertificate": delete,
        ]

        @Sendable
        private static func upload(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.requiredRegion()
            guard let body = PEM(try context.required("CACertificate")), body.label == "CERTIFICATE" else {
                throw CloudError("KeyFormatError")
            }
            let facts = X509Facts(body.bytes, at: context.now)
            let name = context.parameters.text("CACertificateName")
            guard name.map({ SLB.Naming.isName($0) }) ?? true else { throw .invalid("CACertificateName") }
            let id = world.certificateId(context)
            let certificate = Certificate(
                id: id, kind: .authority, regionId: region, name: name ?? facts.commonName, facts: facts,
                creationTime: context.now,
                resourceGroupId: context.parameters.text("ResourceGroupId") ?? "")
            world.slb.certificates[id] = certificate
            return .object(certificate.members("CACertificate"))
        }

        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let parameters = context.parameters
            let region = try context.requiredRegion()
            let found = world.slb.certificates.newestFirst.filter { certificate in
                certificate.kind == .authority && certificate.regionId == region
                    && (parameters.text("CACertificateId").map { $0 == certificate.id } ?? true)
                    && (parameters.text("ResourceGroupId").map { $0 == certificate.resourceGroupId } ?? true)
            }
            return [
                "CACertificates": .list(
                    "CACertificate",
                    found.map { certificate in
                        .object(certificate.members("CACertificate") + [.init("RegionId", .string(certificate.regionId))])
                    })
            ]
        }

        @Sendable
        private static func rename(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            try world.slb.rename(try certificate(world, context), context, "CACertificateName")
        }

        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            try world.slb.delete(try certificate(world, context))
        }

        private static func certificate(_ world: World, _ context: ActionContext) throws(CloudError) -> Certificate {
            try world.slb.certificate(try context.required("CACertificateId"), .authority, in: try context.requiredRegion())
        }
    }
}
