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

    /// What conditions of policies may ask about a request.
    func context(
        of exchange: Exchange, caller: Caller, _ bound: BoundRequest, resourceCount: Int
    ) -> RequestContext {
        var context = RequestContext(
            currentTime: Instant(wallNanoseconds: SystemClock.wall), isSecureTransport: isSecure(exchange))
        context.source = source(of: exchange)
        context.isMFAPresent = caller.hasSecondFactor
        context.principalARN = caller.principal.arn
        context.userAgent = exchange.header(.userAgent)
        let policies = caller.principal.policies
        if policies.asksForResources {
            context.resourceTags = Array(repeating: .unknown, count: max(1, resourceCount))
        }
        if policies.asksForRequestTags { context.requestTags = Self.tags(in: bound) }
        return context
    }

    /// The tags that a call sets, `Tag.n.Key` and `Tag.n.Value`.
    private static func tags(in bound: BoundRequest) -> [RequestContext.Tag] {
        guard let operation = bound.operation, let key = operation.parameters.firstIndex(where: { $0.name == "Tag.n.Key" })
        else { return [] }
        let value = operation.parameters.firstIndex { $0.name == "Tag.n.Value" }
        return bound.entries.filter { $0.parameter == key }.map { entry in
            let partner = bound.entries.first { $0.parameter == value && $0.first == entry.first }
            return RequestContext.Tag(
                key: bound.withValue(of: entry) { Array($0) },
                value: partner.map { bound.withValue(of: $0) { Array($0) } } ?? [])
        }
    }
}
