import Bytes

extension SLB {
    /// Making, finding, renaming and deleting access control lists.
    enum AccessControlListActions {
        static let handlers: [String: ActionHandler] = [
            "CreateAccessControlList": create,
            "DescribeAccessControlLists": list,
            "DescribeAccessControlListAttribute": describe,
            "SetAccessControlListAttribute": rename,
            "DeleteAccessControlList": delete,
        ]

        private static let quotaPerRegion = 50

        @Sendable
        private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.requiredRegion()
            let name = try freeName(world, region, context)
            guard world.slb.accessControlLists.all.count(where: { $0.regionId == region }) < quotaPerRegion else {
                throw CloudError("OverQuota", about: "Total is over")
            }
            let list = AccessControlList(
                id: world.identifiers.resource("acl"), regionId: region, name: name,
                ipVersion: context.parameters.text("AddressIPVersion") ?? "ipv4",
                resourceGroupId: context.parameters.text("ResourceGroupId") ?? "")
            world.slb.accessControlLists[list.id] = list
            return ["AclId": .string(list.id)]
        }

        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.requiredRegion()
            let parameters = context.parameters
            let found = world.slb.accessControlLists.newestFirst.filter { list in
                list.regionId == region && (parameters.text("AclName").map { list.name.contains($0) } ?? true)
                    && (parameters.text("AddressIPVersion").map { $0 == list.ipVersion } ?? true)
                    && (parameters.text("ResourceGroupId").map { $0 == list.resourceGroupId } ?? true)
            }
            let page = try Page(found, context)
            let members = page.members("Acls", "Acl") { list in
                [
                    "AclId": .string(list.id), "AclName": .string(list.name), "AddressIPVersion": .string(list.ipVersion),
                    "ResourceGroupId": .string(list.resourceGroupId),
                ]
            }
            return .object(members + [.init("Count", .integer(page.items.count))])
        }

        @Sendable
        private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let list = try world.slb.accessControlList(context)
            let comment = context.parameters.text("AclEntryComment")
            let entries = list.entries.filter { entry in comment.map { entry.comment.contains($0) } ?? true }
            return [
                "AclId": .string(list.id), "AclName": .string(list.name), "AddressIPVersion": .string(list.ipVersion),
                "ResourceGroupId": .string(list.resourceGroupId),
                "AclEntrys": .list(
                    "AclEntry",
                    entries.map {
                        ["AclEntryIP": .string($0.block), "AclEntryComment": .string($0.comment)]
                    }),
                "RelatedListeners": .list(
                    "RelatedListener",
                    world.slb.listeners(boundTo: list).map { listener in
                        [
                            "LoadBalancerId": .string(listener.loadBalancerId), "ListenerPort": .integer(listener.port),
                            "Protocol": .string(listener.proto.rawValue), "AclType": .string(listener["AclType"] ?? "white"),
                        ]
                    }),
            ]
        }

        @Sendable
        private static func rename(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let list = try world.slb.accessControlList(context)
            let name = try freeName(world, list.regionId, context, except: list.id)
            world.slb.accessControlLists[list.id]?.name = name
            return .empty
        }

        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let list = try world.slb.accessControlList(context)
            guard world.slb.listeners(boundTo: list).isEmpty else { throw CloudError("AclInUsed") }
            world.slb.tags[TagKey(kind: .acl, id: list.id)] = nil
            world.slb.accessControlLists[list.id] = nil
            return .empty
        }

        /// The name of the call, which no other list of the region may have.
        private static func freeName(
            _ world: World, _ region: String, _ context: ActionContext, except id: String? = nil
        ) throws(CloudError) -> String {
            let name = try context.required("AclName")
            guard SLB.Naming.isLabel(name) else { throw .invalid("AclName") }
            let others = world.slb.accessControlLists.all.filter { $0.regionId == region && $0.id != id }
            guard !others.contains(where: { $0.name == name }) else {
                throw CloudError("InvalidParameter", about: "resource already exists")
            }
            return name
        }
    }
}
