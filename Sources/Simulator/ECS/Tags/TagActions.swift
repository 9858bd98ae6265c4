import Bytes

/// Tags on every kind of resource: AddTags, RemoveTags, DescribeTags.
enum TagActions {
    static let handlers: [String: ActionHandler] = [
        "AddTags": add,
        "RemoveTags": remove,
        "DescribeTags": list,
    ]

    private static let quotaPerResource = 20

    @Sendable
    private static func add(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let key = try resource(world, context)
        let tags = try TagParameters.tags(context.parameters)
        world.tags.add(tags, to: key.kind, key.id)
        guard world.tags[key.kind, key.id].count <= (context.isPrivateCloud ? 10 : quotaPerResource) else {
            throw CloudError("OperationDenied.QuotaExceed")
        }
        return .empty
    }

    /// A tag goes when its key is named, and its value if one is given; without any tag named all go.
    @Sendable
    private static func remove(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let key = try resource(world, context)
        let filter = try TagParameters.filter(context.parameters)
        world.tags[key.kind, key.id].removeAll { tag in
            filter.isEmpty || filter.contains { $0.matches(tag) }
        }
        return .empty
    }

    /// The resource of the call.
    private static func resource(_ world: World, _ context: ActionContext) throws(CloudError) -> TagStore.Key {
        let region = try context.requiredRegion()
        guard let kind = TaggedKind(rawValue: try context.required("ResourceType")),
            let key = world.tagKey(kind, try context.required("ResourceId"), in: region)
        else { throw CloudError("InvalidResourceId.NotFound") }
        // The vendor's images are everybody's.
        guard kind != .image || world.images[key.id]?.owner == .own else {
            throw CloudError("InvalidResourceId.NotSupported")
        }
        return key
    }

    /// Each tag once, with the number of resources that have it by their kind. Of the resources that have all the wanted
    /// tags, only the wanted ones are shown.
    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let filter = try TagParameters.filter(parameters)
        let kind = parameters.text("ResourceType")
        var counts: [ResourceTag: [TaggedKind: Int]] = [:]
        for (key, tags) in world.tags.all where world.region(of: key) == region {
            guard kind == nil || kind == key.kind.rawValue else { continue }
            if let id = parameters.text("ResourceId"), world.tagKey(key.kind, id, in: region) != key { continue }
            guard world.tags.matches(filter, key.kind, key.id) else { continue }
            for tag in tags where filter.isEmpty || filter.contains(where: { $0.matches(tag) }) {
                counts[tag, default: [:]][key.kind, default: 0] += 1
            }
        }
        let found = counts.sorted { ($0.key.key, $0.key.value) < ($1.key.key, $1.key.value) }
        let page = try Page(found, context, defaultSize: 50)
        return .object(
            page.members("Tags", "Tag") { tag, kinds in
                let members = TaggedKind.allCases.compactMap { kind in
                    kinds[kind].map { JSONValue.Member(kind.countName, .integer($0)) }
                }
                let rows: [JSONValue] = kinds.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
                    ["ResourceType": .string(kind.rawValue), "Count": .string(String(count))]
                }
                return [
                    "TagKey": .string(tag.key), "TagValue": .string(tag.value),
                    "ResourceTypeCount": context.isPrivateCloud ? .array(rows) : .object(members),
                ]
            })
    }
}

extension TagFilter {
    /// Whether one tag is wanted; without a value any value is.
    fileprivate func matches(_ tag: ResourceTag) -> Bool {
        key == tag.key && (value == nil || value == tag.value)
    }
}
