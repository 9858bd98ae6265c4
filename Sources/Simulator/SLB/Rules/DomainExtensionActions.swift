import Bytes

extension SLB {
    /// Further domains of HTTPS listeners.
    enum DomainExtensionActions {
        static let handlers: [String: ActionHandler] = [
            "CreateDomainExtension": create,
            "DescribeDomainExtensions": list,
            "DescribeDomainExtensionAttribute": describe,
            "SetDomainExtensionAttribute": set,
            "DeleteDomainExtension": delete,
        ]

        @Sendable
        private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.requiredRegion()
            let listener = try world.slb.listener(of: try world.slb.loadBalancer(context), context, .https)
            let domain = try context.required("Domain")
            guard SLB.Naming.isDomain(domain, wildcard: true) else { throw .invalid("Domain") }
            let others = world.slb.domainExtensions.all.filter { $0.listener == listener.key }
            guard !others.contains(where: { $0.domain == domain }) else { throw CloudError("DomainAlreadyExists") }
            let certificate = try certificate(world, context, region)
            let made = DomainExtension(
                id: world.identifiers.resource("de"), listener: listener.key, regionId: region, domain: domain,
                certificateId: certificate)
            world.slb.domainExtensions[made.id] = made
            return ["DomainExtensionId": .string(made.id), "ListenerPort": .integer(listener.port)]
        }

        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let listener = try world.slb.listener(of: try world.slb.loadBalancer(context), context, .https)
            let wanted = context.parameters.text("DomainExtensionId")
            let found = world.slb.domainExtensions.all.filter {
                $0.listener == listener.key && (wanted == nil || wanted == $0.id)
            }
            return ["DomainExtensions": .list("DomainExtension", found.map { .object($0.identity) })]
        }

        @Sendable
        private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try domainExtension(world, context)
            return .object(
                found.identity + [
                    .init("LoadBalancerId", .string(found.listener.loadBalancerId)),
                    .init("ListenerPort", .integer(found.listener.port)),
                ])
        }

        @Sendable
        private static func set(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try domainExtension(world, context)
            let certificate = try certificate(world, context, found.regionId)
            world.slb.domainExtensions[found.id]?.certificateId = certificate
            return .empty
        }

        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let found = try domainExtension(world, context)
            world.slb.domainExtensions[found.id] = nil
            return .empty
        }

        private static func certificate(
            _ world: World, _ context: ActionContext, _ region: String
        ) throws(CloudError) -> String {
            try world.slb.certificate(try context.required("ServerCertificateId"), .server, in: region).id
        }

        private static func domainExtension(_ world: World, _ context: ActionContext) throws(CloudError) -> DomainExtension {
            let region = try context.requiredRegion()
            guard let found = world.slb.domainExtensions[try context.required("DomainExtensionId")], found.regionId == region
            else {
                throw CloudError("InvalidParameter", about: "specified resource does not exist")
            }
            return found
        }
    }
}
