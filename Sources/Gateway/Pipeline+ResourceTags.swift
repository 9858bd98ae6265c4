import Auth
import Bytes
import Cache
import HTTP
import Routes

/// Tags of resources, for conditions of policies: asked for by the gateway itself, through its cache, and only those that a
/// condition of a statement with matching action and resource wants to know.
extension Pipeline {
    /// Resources whose tags one request may make the gateway ask for. Those of the others are unknown, which never allows.
    private static let mostResources = 100
    private static let mostAtATime = 8

    /// Finds the tags that conditions asked for and did not get.
    func findTags(of call: Call) async {
        guard let table = call.tags else { return }
        var rest = table.missing.sorted { $0.lexicographicallyPrecedes($1) }[...]
        for arn in rest.dropFirst(Self.mostResources) { table.set(.unknown, of: arn) }
        rest = rest.prefix(Self.mostResources)
        while !rest.isEmpty {
            let batch = rest.prefix(Self.mostAtATime)
            rest = rest.dropFirst(Self.mostAtATime)
            await withTaskGroup(of: ([UInt8], RequestContext.ResourceTags).self) { group in
                for arn in batch {
                    group.addTask(executorPreference: loop) { [self] in (arn, await tags(of: arn, preferring: call.account)) }
                }
                for await (arn, tags) in group { table.set(tags, of: arn) }
            }
        }
    }

    private func tags(of arn: [UInt8], preferring account: CloudAccount?) async -> RequestContext.ResourceTags {
        guard let name = TaggedResource(arn), let account = services.account(of: name, preferring: account),
            let operation = services.tagOperation(for: name, account.dialect), let rule = operation.entry.resourceTags,
            let type = rule.types[name.type]
        else { return .unknown }
        let look = Call()
        look.account = account
        do throws(Problem) {
            try bind(look, operation, [(rule.type, type), (rule.id, name.id)], region: name.region)
            preparePage(look)
            return TagAnswer.tags(in: try await loadThroughCache(look))
        } catch {
            return .unknown
        }
    }

    /// Binds a call of the gateway's own, by the action's name.
    private func bind(
        _ call: Call, _ operation: Routes.Operation, _ values: [(parameter: Int, value: String)], region: String
    ) throws(Problem) {
        guard let account = call.account else { throw .internalError }
        let path = Array("/rpc/\(operation.entry.product)/\(operation.entry.action)".utf8)
        var body: [UInt8] = []
        var members = values.map { pair in
            let parameter = operation.parameters[pair.parameter]
            let value = JSONValue.string(pair.value)
            guard parameter.isList else { return JSONValue.Member(parameter.restName, value) }
            return JSONValue.Member(parameter.restName.replacing("[]", with: ""), .array([value]))
        }
        if operation.entry.paging.contains(.page) { members.append(.init("pageSize", .integer(100))) }
        JSONValue.object(members).append(to: &body)
        // A resource of every region is looked up in the account's own.
        let region = region == "*" || region.isEmpty ? account.region : Array(region.utf8)
        try path.withView { path throws(Problem) in
            guard case .found(let match) = services.routes.match(.route(.post), path, dialect: account.dialect) else {
                throw .internalError
            }
            try body.withView { body throws(Problem) in
                try region.withView { region throws(Problem) in
                    try bind(match, Binder.Input(path: path, body: body, region: region), call)
                }
            }
        }
    }
}

/// A single resource, by the fields of its ARN.
struct TaggedResource {
    let product: String
    let region: String
    let account: String
    let type: String
    let id: String

    /// Nil for what is no `acs:product:region:account:type/id`.
    init?(_ arn: [UInt8]) {
        let fields = String(decoding: arn, as: UTF8.self).split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0] == "acs", let slash = fields[4].firstIndex(of: "/") else { return nil }
        product = String(fields[1])
        region = String(fields[2])
        account = String(fields[3])
        type = String(fields[4][..<slash])
        id = String(fields[4][fields[4].index(after: slash)...])
        if id.isEmpty || id.contains("*") { return nil }
    }
}

/// Reads the tags in a reshaped answer, `{"items": [{"tagKey": …, "tagValue": …}], …}`.
enum TagAnswer {
    static func tags(in body: [UInt8]) -> RequestContext.ResourceTags {
        guard let answer = body.withView({ try? JSONValue(parsing: $0) }), case .array(let items)? = answer["items"] else {
            return .unknown
        }
        // What is not all of them is not enough.
        if case .number(let total)? = answer["totalCount"], (Int(total) ?? .max) > items.count { return .unknown }
        if case .string(let token)? = answer["nextPageToken"], !token.isEmpty { return .unknown }
        var tags: [RequestContext.Tag] = []
        for item in items {
            guard case .string(let key)? = item["tagKey"] else { return .unknown }
            let value = if case .string(let text)? = item["tagValue"] { text } else { "" }
            tags.append(RequestContext.Tag(key: Array(key.utf8), value: Array(value.utf8)))
        }
        return tags.isEmpty ? .none : .tags(tags)
    }
}
