import Auth
import Bytes
import Cache
import HTTP
import Routes
import Signer

/// The life of one request, top to bottom.
///
///     (the same request as before, still in the cache → respond)
///     match → authenticate → bind and validate → authorise
///       → read:  cache, or one coalesced upstream call: sign → send → reshape → store → respond
///       → write: idempotency → sign → send → invalidate → respond
///     and one access line, always.
///
/// A request that cannot be decided yet, since keys or tags have to be fetched, waits and begins again (`Pipeline+Wait`).
///
/// There is one pipeline for each event loop. What needs no waiting runs inside the server's call and answers at once;
/// only cache misses and writes suspend the connection and go on as a task on the same loop.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: a pipeline is touched on its loop's thread only.
final class Pipeline: RequestHandler, @unchecked Sendable {
    let services: Services
    let loop: EventLoop
    let clients: [Client]
    let metrics: LoopMetrics
    let log: LoopLog
    let operations: Operations
    var binder: Binder
    let memo = RequestMemo()
    var requestIDs = RequestIDGenerator()
    /// For values of headers that are put together.
    var headerValue: [UInt8] = []
    var auditLine: [UInt8] = []
    var stamps = StampSource()
    private static let mostIdleCalls = 256
    private static let largestKeptBody = 16 << 10
    /// Calls that wait for a request.
    private var idle: [Call] = []
    /// Requests that have begun and not been completed.
    private var active = 0

    init(
        services: Services, loop: EventLoop, clients: [Client], metrics: LoopMetrics, log: LoopLog, operations: Operations
    ) {
        self.services = services
        self.loop = loop
        self.clients = clients
        self.metrics = metrics
        self.log = log
        self.operations = operations
        binder = Binder(maxDepth: services.configuration.limits.nesting)
    }

    /// Whether no request is on its way.
    var isIdle: Bool { active == 0 }

    // MARK: The request's way

    func handle(_ exchange: Exchange) {
        let call = begin(exchange)
        if answerAsBefore(exchange, call) { return }
        if isFrontDoorCall(exchange) { return answerFrontDoor(exchange, call) }
        if answerOwnEndpoint(exchange, call) { return }
        process(exchange, call)
    }

    private func process(_ exchange: Exchange, _ call: Call) {
        do throws(Problem) {
            guard let route = try match(exchange, call) else { return }
            try authenticate(exchange, call)
            try bind(route, exchange, call)
            try authorise(exchange, call)
            if call.bound.operation?.entry.kind == .read {
                read(exchange, call)
            } else {
                try checkAudit(call)
                write(exchange, call)
            }
        } catch {
            if waits(exchange, call, again: { [self] in process($0, call) }) { return }
            respond(error, exchange, call)
        }
    }

    /// Finds the account and the route of the path; nil when the path is one that the gateway itself answered.
    private func match(_ exchange: Exchange, _ call: Call) throws(Problem) -> RouteMatch? {
        let account = try services.account(of: exchange, call)
        call.account = account
        let path = exchange.path
        switch services.routes.match(exchange.method.inRoutes, path, from: call.pathOffset, dialect: account.dialect) {
        case .found(let route): return route
        case .methodNotAllowed(let methods):
            throw Problem(
                405, "MethodNotAllowed", "this path does not take \(exchange.method.rawValue)",
                headers: [("Allow", methods.allow)])
        case .notInDialect:
            throw Problem(
                501, "NotInDialect",
                "account `\(account.name)` is one of the \(account.dialect.cloud), whose API has no such operation",
                origin: .gateway)
        case .uncatalogued(let product, let action) where account.allowsUncataloguedActions:
            try callUncatalogued(product: path.slice(product), action: path.slice(action), exchange, call)
            return nil
        case .uncatalogued, .notFound:
            if try listActions(exchange, call) { return nil }
            let hint = services.routes.hint(for: path, from: call.pathOffset)
            throw Problem(404, "NotFound", hint.map { "no such path; \($0)" } ?? "no such path; `GET /` lists what there is")
        }
    }

    /// Checks every parameter and puts them into the cloud's own terms.
    private func bind(_ route: RouteMatch, _ exchange: Exchange, _ call: Call) throws(Problem) {
        guard let account = call.account else { throw .internalError }
        try account.region.withView { region throws(Problem) in
            let input = Binder.Input(path: exchange.path, query: exchange.query, body: exchange.body, region: region)
            try bind(route, input, call)
        }
        call.isNative = exchange.header(.accept)?.prefersNativeAnswer ?? false
    }

    func bind(_ route: RouteMatch, _ input: Binder.Input, _ call: Call) throws(Problem) {
        do throws(BindFaults) {
            try binder.bind(route, input, into: &call.bound)
        } catch {
            throw Problem(
                faults: error.faults.map { .init(location: $0.location, reason: $0.reason, allowed: $0.allowed) })
        }
        guard let operation = call.bound.operation else { throw .internalError }
        call.action = services.actions[operation.index]
        try openPageToken(call)
    }

    /// Asks the caller's policies about every resource that the request touches.
    func authorise(_ exchange: Exchange, _ call: Call) throws(Problem) {
        guard let account = call.account else { throw .internalError }
        account.accountID.withView { call.resources.name(call.bound, account: $0) }
        try decide(exchange, call)
    }

    /// Decides about the call's action on the resources that were named.
    func decide(_ exchange: Exchange, _ call: Call) throws(Problem) {
        guard let caller = call.caller, let action = call.action else { throw .internalError }
        let context = services.context(of: exchange, call, caller: caller, call.bound)
        let policies = caller.principal.policies
        let decision = call.resources.withNames { names in
            policies.decide(action.prepared, resources: names, context: context)
        }
        if let tags = call.tags, !tags.missing.isEmpty {
            call.waiting = .tags
            throw .undecided
        }
        call.decision = decision
        metrics.decided(decision.outcome)
        guard decision.isAllowed else {
            let reason = policies.policies(of: decision)
                .reason(for: decision, action: action.text, resources: call.resources.texts)
            throw Problem(403, "Forbidden.Policy", "principal `\(caller.principal.name)` may not do this: \(reason)")
        }
        try chooseRole(call)
    }

    // MARK: The server's other calls

    func admit(_ exchange: Exchange) -> Bool {
        let length = exchange.header(.contentLength)
        let hasBody = exchange.header(.transferEncoding) != nil || length.map { !$0.equals("0") } ?? false
        guard hasBody, let type = exchange.header(.contentType), !type.isJSONMediaType, !isFrontDoorCall(exchange) else {
            return true
        }
        let call = begin(exchange)
        respond(
            Problem(415, "UnsupportedMediaType", "a body must be `application/json`, not `\(type.text.prefix(100))`"),
            exchange, call)
        return false
    }

    func refuse(_ exchange: Exchange, _ fault: HeadFault) {
        let call = begin(exchange)
        if fault == .untrustedClient {
            call.source = services.source(of: exchange)
            var ground = "no certificate"
            if case .refused(let reason) = exchange.clientCertificate { ground = "certificate: \(reason)" }
            call.refusal = AuthenticationRefusal(.unknown, ground: ground)
        }
        let limits = services.configuration.limits
        let detail =
            switch fault {
            case .targetTooLong: "\(fault.detail): at most \(limits.url) bytes"
            case .headTooLarge: "\(fault.detail): at most \(limits.head) bytes"
            case .bodyTooLarge: "\(fault.detail): at most \(limits.body) bytes"
            default: "\(fault.detail)"
            }
        respond(Problem(Int(fault.status), "\(fault.code)", detail), exchange, call)
    }

    func completed(_ exchange: Exchange, _ outcome: Outcome) {
        let call = begin(exchange)
        exchange.context = nil
        active -= 1
        let time = SystemClock.monotonic &- exchange.receivedAt
        metrics.completed(call.requestClass, status: outcome.status, nanoseconds: time)
        audit(exchange, call, outcome)
        if services.configuration.log.access { log.add(call, exchange, outcome, totalTime: time) }
        // The buffers of a large request are not kept.
        guard idle.count < Self.mostIdleCalls, exchange.body.count <= Self.largestKeptBody else { return }
        call.reset()
        idle.append(call)
    }

    /// Takes a call for the exchange, which may have one already.
    private func begin(_ exchange: Exchange) -> Call {
        // INVARIANT: nothing else is ever put there.
        if let context = exchange.context { return unsafeDowncast(context, to: Call.self) }
        let call = idle.popLast() ?? Call()
        call.pipeline = self
        active += 1
        call.requestID.set(from: exchange.header(.xRequestId), &requestIDs)
        exchange.context = call
        return call
    }
}
