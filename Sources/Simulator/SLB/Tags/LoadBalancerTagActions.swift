import Bytes

extension SLB {
    /// What tags are kept under.
    struct TagKey: Hashable, Sendable {
        enum Kind: String, Hashable, Sendable { case instance, certificate, acl }

        var kind: Kind
        var id: String
    }

    /// Tags on load balancers, certificates and access control lists.
    enum LoadBalancerTagActions {
        static let handlers: [String: ActionHandler] = [
            "TagResources": add,
            "UntagResources": remove,
            "ListTagResources": list,
        ]

        private static let quotaPerResource = 20
        private static let pageSize = 50

        @Sendable
        private static func add(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let keys = try resources(world, context)
            let entries = context.parameters.structures("Tag")
            guard !entries.isEmpty else { throw CloudError("MissingParam.TagKey") }
            var tags: [ResourceTag] = []
            for entry in entries {
                let tag = ResourceTag(key: entry.text("Key") ?? "", value: entry["Value"] ?? "")
                guard !tag.key.isEmpty, isAllowed(tag.key) else { throw CloudError("InvalidParam.TagKey") }
                guard isAllowed(tag.value) else { throw CloudError("InvalidParam.TagValue") }
                guard !tags.contains(where: { $0.key == tag.key }) else { throw CloudError("Duplicate.TagKey") }
                tags.append(tag)
            }
            for key in keys {
                let kept = (world.slb.tags[key] ?? []).filter { old in !tags.contains { $0.key == old.key } }
                guard kept.count + tags.count <= quotaPerResource else {
                    throw CloudError("QuotaLimitExceeds", about: "A resource has at most \(quotaPerResource) tags")
                }
                world.slb.tags[key] = (kept + tags).sorted { $0.key < $1.key }
            }
            return .empty
        }

        /// Without any key named all tags go.
        @Sendable
        private static func remove(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let names = context.parameters.list("TagKey")
            for key in try resources(world, context) {
                let kept = (world.slb.tags[key] ?? []).filter { !names.isEmpty && !names.contains($0.key) }
                world.slb.tags[key] = kept.isEmpty ? nil : kept
            }
            return .empty
        }

        /// Each tag of each resource that has all the wanted ones.
        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.requiredRegion()
            let kind = try kind(context)
            let ids = context.parameters.list("ResourceId")
            let filter = try context.parameters.structures("Tag").map { entry throws(CloudError) in
                guard let key = entry.text("Key") else { throw CloudError("InvalidParam.TagKey") }
                return TagFilter(key: key, value: entry.text("Value"))
            }
            guard !ids.isEmpty || !filter.isEmpty else { throw CloudError("MissingParam.TagOrResourceId") }
            var rows: [JSONValue] = []
            for (key, tags) in world.slb.tags.sorted(by: { $0.key.id < $1.key.id }) where key.kind == kind {
                guard world.slb.region(of: key) == region, ids.isEmpty || ids.contains(key.id) else { continue }
                func fits(_ tag: ResourceTag, _ wanted: TagFilter) -> Bool {
                    tag.key == wanted.key && (wanted.value ?? tag.value) == tag.value
                }
                guard filter.allSatisfy({ wanted in tags.contains { fits($0, wanted) } }) else { continue }
                for tag in tags where filter.isEmpty || filter.contains(where: { fits(tag, $0) }) {
                    rows.append([
                        "ResourceType": .string(kind.rawValue), "ResourceId": .string(key.id), "TagKey": .string(tag.key),
                        "TagValue": .string(tag.value),
                    ])
                }
            }
            guard let page = TokenPage(rows, context, size: pageSize) else { throw CloudError("InvalidParam.NextToken") }
            return ["NextToken": .string(page.nextToken), "TagResources": .list("TagResource", page.items)]
        }

        private static func kind(_ context: ActionContext) throws(CloudError) -> TagKey.Kind {
            guard let kind = TagKey.Kind(rawValue: try context.required("ResourceType")) else {
                throw CloudError("InvalidParam.ResourceType")
            }
            return kind
        }

        /// The resources of the call, all of which must be there.
        private static func resources(_ world: World, _ context: ActionContext) throws(CloudError) -> [TagKey] {
            let region = try context.requiredRegion()
            let kind = try kind(context)
            return try context.parameters.list("ResourceId").map { id throws(CloudError) in
                let key = TagKey(kind: kind, id: id)
                guard world.slb.region(of: key) == region else {
                    throw context.action == "TagResources"
                        ? CloudError("ResourceNotExist", about: "The resource \(id) does not exist")
                        : CloudError("InvalidParameter", about: "specified resource does not exist")
                }
                return key
            }
        }

        private static func isAllowed(_ text: String) -> Bool {
            !text.hasPrefix("aliyun") && !text.hasPrefix("acs:") && !text.contains("http://") && !text.contains("https://")
        }
    }
}

extension SLBWorld {
    /// Where a resource that may carry tags lies; nil when it does not exist.
    func region(of key: SLB.TagKey) -> String? {
        switch key.kind {
        case .instance: loadBalancers[key.id]?.regionId
        case .certificate: certificates[key.id]?.regionId
        case .acl: accessControlLists[key.id]?.regionId
        }
    }
}
