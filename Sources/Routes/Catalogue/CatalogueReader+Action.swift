import Bytes

private enum ActionKey: String, CatalogueKey {
    case action, kind, summary, group, deprecated, routes, idempotency, arns, invalidates, parameters, collection
    case collectionAliases, paging, cache, response, example, errors, rules, sample, state, outcome, conditionKeys, resourceTags

    static let all = Array(allCases)
}

private enum OutcomeKey: String, CatalogueKey {
    case code, message, success, statuses

    static let all = Array(allCases)
}

private enum ResourceKey: String, CatalogueKey {
    case arn, otherwise, optional, when, documented, note

    static let all = Array(allCases)
}

private enum StateKey: String, CatalogueKey {
    case from, to

    static let all = Array(allCases)
}

private enum CacheKey: String, CatalogueKey {
    case `class`, tags

    static let all = Array(allCases)
}

/// A resource as read; variables are still names.
private struct ResourceDraft {
    var offset = 0
    var text: String?
    var otherwise: String?
    var isOptional = false
    var conditions: [(parameter: String, value: String)] = []
    var isDocumented = true
}

private struct ActionDraft {
    var action = ""
    var kind: ActionEntry.Kind?
    var summary = ""
    var group = ""
    var isDeprecated = false
    var routes: [RouteDraft] = []
    var idempotency: String?
    var collection: String?
    var collectionAliases: [String] = []
    var paging: [ActionEntry.Paging] = []
    var resources: [ResourceDraft] = []
    var facts: [FactDraft] = []
    var tagRule: TagRuleDraft?
    var cache: CacheRule?
    var invalidates: [String] = []
    var parameters: [Parameter] = []
    var hasAnswer = false
    var transition: Transition?
    var outcome: OutcomeRule?
}

/// What a file says about all its actions.
struct CatalogueHeader {
    var product = ""
    var version = ""
    var dialect = Dialect.publicCloud
    var resource = ""
    var title = ""
    /// The member of a resource, as REST names it, that says in which state it is.
    var stateMember: String?
    /// The parameter that `region` is short for, where that is not RegionId.
    var regionParameter: String?
}

extension CatalogueReader {
    /// Reads one action; nil when it cannot be used, with the reasons noted.
    mutating func action(_ header: CatalogueHeader) throws(JSONError) -> ActionEntry? {
        var draft = ActionDraft()
        let extent = try members(of: "the action", ActionKey.self) { reader, key throws(JSONError) in
            switch key {
            case .action: draft.action = try reader.text("the name of an action") ?? ""
            case .kind: draft.kind = try reader.choice("the kind of an action", ActionEntry.Kind.self)
            case .summary: draft.summary = try reader.text("the summary of an action") ?? ""
            case .group: draft.group = try reader.text("the group of an action") ?? ""
            case .deprecated: draft.isDeprecated = try reader.bool("`deprecated`") ?? false
            case .idempotency: draft.idempotency = try reader.text("`idempotency`")
            case .collection: draft.collection = try reader.text("`collection`")
            case .collectionAliases: draft.collectionAliases = try reader.strings("another place of the collection")
            case .invalidates: draft.invalidates = try reader.strings("a resource type")
            case .cache: draft.cache = try reader.cache()
            case .state: draft.transition = try reader.transition()
            case .outcome: draft.outcome = try reader.outcome()
            case .resourceTags: draft.tagRule = try reader.tagRule()
            case .conditionKeys:
                try reader.elements(of: "`conditionKeys`") { reader throws(JSONError) in
                    if let fact = try reader.conditionFact() { draft.facts.append(fact) }
                }
            case .response: draft.hasAnswer = try reader.answersMoreThanRequestId()
            case .example, .errors, .rules, .sample: try reader.skip()
            case .routes:
                try reader.elements(of: "`routes`") { reader throws(JSONError) in
                    if let route = try reader.route() { draft.routes.append(route) }
                }
            case .parameters:
                try reader.elements(of: "`parameters`") { reader throws(JSONError) in
                    if let parameter = try reader.parameter() { draft.parameters.append(parameter) }
                }
            case .arns:
                try reader.elements(of: "`arns`") { reader throws(JSONError) in
                    if let resource = try reader.resource() { draft.resources.append(resource) }
                }
            case .paging:
                try reader.elements(of: "`paging`") { reader throws(JSONError) in
                    if let style = try reader.choice("a way of paging", ActionEntry.Paging.self) { draft.paging.append(style) }
                }
            }
        }
        guard let extent else { return nil }
        return finish(draft, header, extent)
    }

    private mutating func cache() throws(JSONError) -> CacheRule? {
        var kind: CacheRule.Class?
        var tags: [String] = []
        let extent = try members(of: "`cache`", CacheKey.self) { reader, key throws(JSONError) in
            switch key {
            case .class: kind = try reader.choice("the cache class", CacheRule.Class.self)
            case .tags: tags = try reader.strings("a cache tag")
            }
        }
        guard let extent else { return nil }
        guard let kind else {
            fault("`cache` needs a `class`", at: extent.lowerBound)
            return nil
        }
        if tags.isEmpty, kind != .none { fault("`cache` needs `tags`, unless its class is none", at: extent.lowerBound) }
        return CacheRule(class: kind, tags: tags)
    }

    private mutating func transition() throws(JSONError) -> Transition? {
        var from: [String] = []
        var to: String?
        let extent = try members(of: "`state`", StateKey.self) { reader, key throws(JSONError) in
            switch key {
            case .from: from = try reader.strings("a state")
            case .to: to = try reader.text("a state")
            }
        }
        return extent == nil ? nil : Transition(from: from, to: to)
    }

    private mutating func outcome() throws(JSONError) -> OutcomeRule? {
        var (code, message, success) = ("", "", "")
        var statuses: [String: Int] = [:]
        let extent = try members(of: "`outcome`", OutcomeKey.self) { reader, key throws(JSONError) in
            switch key {
            case .code: code = try reader.text("`code`") ?? ""
            case .message: message = try reader.text("`message`") ?? ""
            case .success: success = try reader.text("`success`") ?? ""
            case .statuses:
                try reader.freeMembers(of: "`statuses`") { reader, name throws(JSONError) in
                    guard let status = try reader.count("a status of `statuses`") else { return }
                    if !(400...599).contains(status) {
                        reader.fault("the status of `\(clipping: name)` is \(status); allowed: 400 to 599")
                    }
                    statuses[name] = status
                }
            }
        }
        guard let extent else { return nil }
        guard !code.isEmpty, !message.isEmpty, !success.isEmpty else {
            fault("`outcome` needs `code`, `message` and `success`", at: extent.lowerBound)
            return nil
        }
        return OutcomeRule(code: code, message: message, success: success, statuses: statuses)
    }

    private mutating func resource() throws(JSONError) -> ResourceDraft? {
        var draft = ResourceDraft()
        let extent = try members(of: "the resource", ResourceKey.self) { reader, key throws(JSONError) in
            switch key {
            case .arn: draft.text = try reader.text("`arn`")
            case .otherwise: draft.otherwise = try reader.text("`otherwise`")
            case .optional: draft.isOptional = try reader.bool("`optional`") ?? false
            case .documented: draft.isDocumented = try reader.bool("`documented`") ?? true
            case .when:
                try reader.freeMembers(of: "`when`") { reader, name throws(JSONError) in
                    if let value = try reader.scalar("the value of `when`") { draft.conditions.append((name, value)) }
                }
            case .note: try reader.skip()
            }
        }
        guard let extent else { return nil }
        draft.offset = extent.lowerBound
        return draft
    }

    /// Whether the rows of `response` name anything but RequestId.
    private mutating func answersMoreThanRequestId() throws(JSONError) -> Bool {
        var hasMore = false
        try elements(of: "`response`") { reader throws(JSONError) in
            if hasMore { return try reader.skip() }
            var path: String?
            try reader.elements(of: "a row of `response`") { reader throws(JSONError) in
                if path == nil { path = try reader.string("the path of an answer") ?? "" } else { try reader.skip() }
            }
            hasMore = path != "RequestId"
        }
        return hasMore
    }
}

extension CatalogueReader {
    private mutating func finish(_ draft: ActionDraft, _ header: CatalogueHeader, _ extent: Range<Int>) -> ActionEntry? {
        let faultsBefore = faults.count
        let start = extent.lowerBound
        guard !draft.action.isEmpty, let kind = draft.kind else {
            fault("the action needs `action` and `kind`", at: start)
            return nil
        }
        if draft.summary.isEmpty { fault("\(draft.action) needs a `summary`", at: start) }
        if draft.routes.isEmpty { fault("\(draft.action) needs at least one route", at: start) }
        checkKind(draft, kind, header, start)
        checkNames(draft, start)
        var routes: [Route] = []
        for route in draft.routes {
            if let resolved = resolve(route, draft.parameters, hasAnswer: draft.hasAnswer) { routes.append(resolved) }
        }
        let resources = draft.resources.compactMap { resolve($0, draft.parameters) }
        let facts = draft.facts.compactMap { resolve($0, draft.parameters) }
        let tagRule = draft.tagRule.flatMap { resolve($0, draft.parameters) }
        let idempotency = draft.parameters.firstIndex { $0.name == draft.idempotency }
        if let name = draft.idempotency, idempotency == nil {
            fault("`idempotency` names the unknown parameter `\(clipping: name)`", at: start)
        }
        guard faults.count == faultsBefore else { return nil }
        return ActionEntry(
            product: header.product, version: header.version, dialect: header.dialect, resource: header.resource,
            action: draft.action, kind: kind, summary: draft.summary, group: draft.group, isDeprecated: draft.isDeprecated,
            routes: routes, parameters: draft.parameters, idempotency: idempotency, collection: draft.collection,
            collectionAliases: draft.collectionAliases, paging: draft.paging, resources: resources, conditionFacts: facts,
            resourceTags: tagRule, cache: draft.cache ?? .never, invalidates: draft.invalidates, hasAnswer: draft.hasAnswer,
            transition: draft.transition, outcome: draft.outcome, stateMember: header.stateMember,
            regionParameter: header.regionParameter, file: file, extent: extent
        )
    }

    private mutating func checkKind(
        _ draft: ActionDraft, _ kind: ActionEntry.Kind, _ header: CatalogueHeader, _ start: Int
    ) {
        if kind == .write, let cache = draft.cache, cache.class != .none {
            fault("\(draft.action) is a write; only a read can be cached", at: start)
        }
        if draft.transition != nil, kind == .read || header.stateMember == nil {
            fault("\(draft.action) has `state`: only a write may, in a file that names the `state` member", at: start)
        }
        if kind == .read, !draft.invalidates.isEmpty {
            fault("\(draft.action) is a read; only a write invalidates", at: start)
        }
        if kind == .write, let route = draft.routes.first(where: { $0.method == .get }) {
            fault("\(draft.action) is a write; GET is for reads", at: route.offset)
        }
        for style in draft.paging where PagingParameters(style, draft.parameters) == nil {
            fault("`paging` is \(style.rawValue), but \(draft.action) lacks \(style.neededParameters)", at: start)
        }
        if !draft.paging.isEmpty, draft.collection == nil, !draft.routes.contains(where: { $0.collection != nil }) {
            fault("\(draft.action) has `paging` and therefore needs `collection`", at: start)
        }
        if !draft.collectionAliases.isEmpty, draft.collection == nil {
            fault("\(draft.action) has `collectionAliases` and therefore needs `collection`", at: start)
        }
    }

    private mutating func checkNames(_ draft: ActionDraft, _ start: Int) {
        var names: Set<String> = []
        names.reserveCapacity(draft.parameters.count)
        for parameter in draft.parameters {
            if ReservedNames.contains(parameter.name) {
                fault("\(draft.action) cannot have the parameter `\(parameter.name)`, which the gateway sets itself", at: start)
            }
            if parameter.listLevels > 2 { fault("`\(parameter.name)` holds more than two levels of lists", at: start) }
            // Wire names that differ but in REST look the same could not be told apart in either spelling, unless they mean
            // the same parameter.
            for name in Set([parameter.restName] + parameter.aliases.map(RESTName.from(wire:))) where !names.insert(name).inserted
            {
                fault("two parameters of \(draft.action) have the name `\(name)` in REST", at: start)
            }
        }
    }

    private mutating func resolve(_ draft: ResourceDraft, _ parameters: [Parameter]) -> ResourceTemplate? {
        guard let text = draft.text else {
            fault("the resource needs `arn`", at: draft.offset)
            return nil
        }
        guard let parts = parts(text, parameters, draft.offset) else { return nil }
        var otherwise: [ResourceTemplate.Part]?
        if let text = draft.otherwise {
            otherwise = self.parts(text, parameters, draft.offset)
            if draft.isOptional { fault("an optional resource has no `otherwise`", at: draft.offset) }
        }
        return ResourceTemplate(
            text: text, parts: parts, otherwise: otherwise, isOptional: draft.isOptional, condition: condition(draft, parameters),
            isDocumented: draft.isDocumented
        )
    }

    private mutating func condition(_ draft: ResourceDraft, _ parameters: [Parameter]) -> ResourceTemplate.Condition? {
        guard let (name, value) = draft.conditions.first else { return nil }
        if draft.conditions.count > 1 { fault("`when` of a resource names more than one parameter", at: draft.offset) }
        guard let position = parameters.firstIndex(where: { $0.name == name }) else {
            fault(
                "`when` names the unknown parameter `\(clipping: name)`"
                    + Self.nearest(name, among: parameters.map(\.name)), at: draft.offset)
            return nil
        }
        let parameter = parameters[position]
        // Whatever else passes for the value would pass by the resource.
        if parameter.listLevels > 0 || parameter.ignoresCase || !parameter.allowedValues.contains(value) {
            fault(
                "`when` needs a single parameter, and one of its values as they are spelled: not `\(clipping: name)` with "
                    + "`\(clipping: value)`", at: draft.offset)
        }
        return ResourceTemplate.Condition(parameter: position, value: value, isDefault: parameter.defaultValue == value)
    }

    private mutating func parts(_ text: String, _ parameters: [Parameter], _ offset: Int) -> [ResourceTemplate.Part]? {
        do {
            return try ResourceTemplate.parse(text, parameters)
        } catch {
            fault("the resource `\(clipping: text)` \(error.message)", at: offset)
            return nil
        }
    }
}
