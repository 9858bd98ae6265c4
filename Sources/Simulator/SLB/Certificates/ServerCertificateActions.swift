import Bytes

extension SLB {
    /// Certificates of servers, with which HTTPS listeners prove who they are.
    enum ServerCertificateActions {
        static let handlers: [String: ActionHandler] = [
            "UploadServerCertificate": upload,
            "DescribeServerCertificates": list,
            "SetServerCertificateName": rename,
            "DeleteServerCertificate": delete,
        ]

        @Sendable
        private static func upload(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let parameters = context.parameters
            let region = try context.requiredRegion()
            let serviceId = parameters.text("AliCloudCertificateId") ?? ""
            let facts = serviceId.isEmpty ? try uploaded(context) : try imported(serviceId, context)
            let name = parameters.text("ServerCertificateName") ?? parameters.text("AliCloudCertificateName") ?? facts.commonName
            let id = serviceId.isEmpty ? world.certificateId(context) : serviceId
            guard SLB.Naming.isName(name) || parameters.text("ServerCertificateName") == nil else {
                throw .invalid("ServerCertificateName")
            }
            guard world.slb.certificates[id] == nil else { throw CloudError("InvalidParameter.AliCloudCertificateId") }
            let certificate = Certificate(
                id: id, kind: .server, regionId: region, name: name, facts: facts, creationTime: context.now,
                resourceGroupId: parameters.text("ResourceGroupId") ?? "", serviceId: serviceId,
                serviceName: serviceId.isEmpty ? "" : parameters.text("AliCloudCertificateName") ?? "")
            world.slb.certificates[id] = certificate
            return certificate.rendered
        }

        /// A certificate and its key that came with the call.
        private static func uploaded(_ context: ActionContext) throws(CloudError) -> X509Facts {
            let body = try context.required("ServerCertificate")
            let key = try context.required("PrivateKey")
            guard let certificate = PEM(body), certificate.label == "CERTIFICATE" else {
                throw CloudError("IllegalParam.ServerCertificate")
            }
            if key.contains("ENCRYPTED") { throw CloudError("PrivateKeyEncryption") }
            guard let key = PEM(key), key.label.hasSuffix("PRIVATE KEY") else {
                throw CloudError("InvalidParameter", about: "fail to validate")
            }
            return X509Facts(certificate.bytes, at: context.now)
        }

        /// A certificate of the certificate service, which the simulated cloud has not: any id is one of it.
        private static func imported(_ id: String, _ context: ActionContext) throws(CloudError) -> X509Facts {
            let name = try context.required("AliCloudCertificateName")
            guard id.contains("_"), id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw CloudError("InvalidParameter.AliCloudCertificateId")
            }
            var facts = X509Facts(Array(id.utf8), at: context.now)
            facts.commonName = "\(name).example.com"
            return facts
        }

        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let parameters = context.parameters
            let region = try context.region()
            let found = world.slb.certificates.newestFirst.filter { certificate in
                certificate.kind == .server && (region == nil || certificate.regionId == region)
                    && (parameters.text("ServerCertificateId").map { $0 == certificate.id } ?? true)
                    && (parameters.text("ResourceGroupId").map { $0 == certificate.resourceGroupId } ?? true)
            }
            return ["ServerCertificates": .list("ServerCertificate", found.map(\.rendered))]
        }

        @Sendable
        private static func rename(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            try world.slb.rename(try certificate(world, context), context, "ServerCertificateName")
        }

        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            try world.slb.delete(try certificate(world, context))
        }

        private static func certificate(_ world: World, _ context: ActionContext) throws(CloudError) -> Certificate {
            try world.slb.certificate(
                try context.required("ServerCertificateId"), .server, in: try context.requiredRegion())
        }
    }
}

extension SLB.Certificate {
    /// As the answers about server certificates show it.
    fileprivate var rendered: JSONValue {
        .object(
            members("ServerCertificate") + [
                .init("RegionId", .string(regionId)), .init("IsAliCloudCertificate", .integer(serviceId.isEmpty ? 0 : 1)),
                .init("AliCloudCertificateId", .string(serviceId)), .init("AliCloudCertificateName", .string(serviceName)),
                .init("SubjectAlternativeNames", .list("SubjectAlternativeName", facts.alternativeNames)),
            ])
    }
}
