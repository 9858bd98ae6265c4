import Auth
import Bytes
import HTTP
import Routes

extension Services {
    /// The account that a request means: by `/accounts/{name}/…`, by `X-Account`, or the default one. Sets where in the
    /// path the route begins.
    func account(of exchange: Exchange, _ call: Call) throws(Problem) -> CloudAccount {
        let path = exchange.path
        let prefix: StaticString = "/accounts/"
        var wanted = exchange.header(.xAccount)
        if path.hasPrefix(prefix) {
            let start = prefix.utf8CodeUnitCount
            let end = path.firstOffset(of: UInt8(ascii: "/"), from: start) ?? path.count
            let name = path.slice(start..<end)
            if let header = wanted, !header.equals(name) {
                throw Problem(faults: [
                    .init(location: "X-Account", reason: "names another account than the path", allowed: "one of them")
                ])
            }
            wanted = name
            call.pathOffset = end
        }
        guard let wanted else { return defaultAccount }
        for account in accounts where account.name.utf8.elementsEqual(wanted) { return account }
        let known = accounts.map { "`\($0.name)`" }.joined(separator: ", ")
        throw Problem(404, "AccountNotFound", "no account `\(wanted.text.prefix(100))`; there is \(known)")
    }

    /// What conditions of policies may ask about a request by `caller`; `bound` is what it does.
    func context(of exchange: Exchange, _ call: Call, caller: Caller, _ bound: BoundRequest) -> RequestContext {
        var context = RequestContext(
            currentTime: Instant(wallNanoseconds: SystemClock.wall), isSecureTransport: isSecure(exchange))
        context.source = call.source
        context.isMFAPresent = caller.hasSecondFactor
        context.principalARN = caller.principal.arn
        context.userAgent = exchange.header(.userAgent)
        context.accessId = call.accessKeyID
        let policies = caller.principal.policies
        if policies.asksForResources {
            if call.tags == nil { call.tags = ResourceTagTable() }
            context.resourceTags = call.tags
        }
        if policies.asksForRequestTags { context.requestTags = RequestTags.of(bound) }
        if policies.asksForServiceKeys { addServiceFacts(to: &context, call, bound) }
        return context
    }

    private func addServiceFacts(to context: inout RequestContext, _ call: Call, _ bound: BoundRequest) {
        guard let account = call.account else { return }
        for (name, value) in account.accountID.withView({ bound.conditionFacts(account: $0) }) {
            guard let key = ConditionKey(name) else { continue }
            context.others.append((key, value.map { .bytes($0) } ?? .unknown))
        }
    }

    /// The account whose resource this is: `preferred` if it is that one.
    func account(of resource: TaggedResource, preferring preferred: CloudAccount?) -> CloudAccount? {
        if let preferred, preferred.accountName == resource.account { return preferred }
        return accounts.first { $0.accountName == resource.account }
    }

    /// The action that tells the tags of a resource; nil when there is none.
    func tagOperation(for resource: TaggedResource, _ dialect: Dialect) -> Routes.Operation? {
        catalogue.operations.first { operation in
            operation.entry.resourceTags?.types[resource.type] != nil && operation.entry.product == resource.product
                && operation.entry.dialect == dialect
        }
    }
}
