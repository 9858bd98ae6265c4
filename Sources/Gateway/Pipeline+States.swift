import Bytes
import HTTP
import Routes

/// What depends on a resource's state: waiting for one, and telling which verbs it allows.
extension Pipeline {
    /// Nanoseconds between looks at a resource: the first pause, and the longest.
    private static let firstPause: UInt64 = 100_000_000
    private static let longestPause: UInt64 = 2_000_000_000

    /// Holds the answer until every resource that the write was about has come to rest in its target state, or `seconds`
    /// have passed (`Prefer: wait`). Returns whether the preference could be heeded at all: the action must have a target
    /// state, and the caller must be allowed to look.
    func waitForState(_ seconds: Int, _ exchange: Exchange, _ call: Call, _ answer: Answer) async -> Bool {
        guard !answer.isDryRun, let operation = call.bound.operation, let target = operation.entry.transition?.to,
            let member = operation.entry.stateMember
        else { return false }
        let paths = resourcePaths(call, answer)
        guard !paths.isEmpty else { return false }
        let deadline = SystemClock.monotonic &+ UInt64(seconds) &* 1_000_000_000
        for path in paths {
            var pause = Self.firstPause
            while !exchange.isAbandoned, !operations.isDraining {
                switch await look(path, member, exchange, call) {
                case .state(target): break
                case .forbidden: return false
                case .state, .unknown:
                    let now = SystemClock.monotonic
                    guard now < deadline else { return true }
                    await loop.pause(min(pause, deadline - now))
                    pause = min(pause * 3 / 2, Self.longestPause)
                    continue
                }
                break
            }
        }
        // A list that was stored while the resource was on its way would tell of an earlier state.
        invalidate(call)
        return true
    }

    /// The paths of the resources that a write was about: the created ones, or the one that the path names.
    private func resourcePaths(_ call: Call, _ answer: Answer) -> [[UInt8]] {
        guard let route = call.bound.route else { return [] }
        if route.creates != nil { return answer.createdPaths.map { Array($0.utf8) } }
        guard let view = services.view(of: call.bound) else { return [] }
        var path: [UInt8] = []
        for segment in view.segments {
            switch segment {
            case .literal(let text):
                path.append(UInt8(ascii: "/"))
                path.append(text: text)
            case .variable(let name):
                guard let parameter = route.variables.first(where: { $0.name == name })?.parameter else { return [] }
                path.append(UInt8(ascii: "/"))
                call.bound.appendPathPart(parameter, to: &path)
            }
        }
        return [path]
    }

    private enum Look {
        case state(String)
        /// Not there yet, or not to be seen at the moment.
        case unknown
        /// The caller may not look.
        case forbidden
    }

    /// The state of the resource at `path`, asked anew.
    private func look(_ path: [UInt8], _ member: String, _ exchange: Exchange, _ call: Call) async -> Look {
        do throws(Problem) {
            let look = try await prepareLook(path, exchange, call)
            let answer = try await load(look)
            call.upstreamTime &+= look.upstreamTime
            return Self.text(of: member, in: answer.body).map { .state($0) } ?? .unknown
        } catch {
            return error.status == 403 ? .forbidden : .unknown
        }
    }

    /// A call of its own that reads the resource at `path`, bound and authorised for the same caller.
    private func prepareLook(_ path: [UInt8], _ exchange: Exchange, _ call: Call) async throws(Problem) -> Call {
        let look = Call()
        look.account = call.account
        look.caller = call.caller
        look.source = call.source
        guard let account = call.account else { throw .internalError }
        let region = call.bound.withRegion { Array($0) }
        try path.withView { view throws(Problem) in
            guard case .found(let match) = services.routes.match(.route(.get), view, dialect: account.dialect) else {
                throw .internalError
            }
            try region.withView { region throws(Problem) in
                try bind(match, Binder.Input(path: view, region: region), look)
            }
        }
        try await authoriseInPlace(exchange, look)
        return look
    }

    /// `GET …/{id}/actions`: which verbs the resource's state and the caller's policies allow.
    func listActions(_ exchange: Exchange, _ call: Call) throws(Problem) -> Bool {
        let suffix: StaticString = "/actions"
        let path = exchange.path
        let end = path.count - suffix.utf8CodeUnitCount
        guard exchange.method == .get || exchange.method == .head, end > call.pathOffset,
            path.slice(end..<path.count).equals(suffix), let account = call.account,
            case .found(let match) = services.routes.match(
                .route(.get), path.slice(0..<end), from: call.pathOffset, dialect: account.dialect),
            let entry = match.operation?.entry, let member = entry.stateMember,
            let view = match.group.candidates.first?.route, view.isView(of: entry)
        else { return false }
        try authenticate(exchange, call)
        let resource = Array(path.slice(0..<end))
        try resource.withView { path throws(Problem) in
            try account.region.withView { region throws(Problem) in
                try bind(match, Binder.Input(path: path, query: exchange.query, region: region), call)
            }
        }
        try authorise(exchange, call)
        exchange.perform { [self] exchange in
            do throws(Problem) {
                let answer = try await load(call)
                let state = Self.text(of: member, in: answer.body) ?? ""
                var body: [UInt8] = []
                appendActions(of: view, resource, in: state, exchange, call, to: &body)
                if let tags = call.tags, !tags.missing.isEmpty {
                    await findTags(of: call)
                    body.removeAll()
                    appendActions(of: view, resource, in: state, exchange, call, to: &body)
                }
                respond(Answer(status: 200, body: body), exchange, call)
            } catch {
                respond(error, exchange, call)
            }
        }
        return true
    }

    private func appendActions(
        of view: Route, _ resource: [UInt8], in state: String, _ exchange: Exchange, _ call: Call, to body: inout [UInt8]
    ) {
        guard let entry = call.bound.operation?.entry else { return }
        body.append("{\"state\":")
        body.append(jsonString: state)
        body.append(",\"items\":[")
        var isFirst = true
        for verb in services.verbs(below: view, of: entry) {
            let reason = verb.refusal(in: state) ?? refusal(of: verb, resource, exchange, call)
            body.append(isFirst ? "{\"verb\":" : ",{\"verb\":")
            isFirst = false
            body.append(jsonString: verb.name)
            body.append(",\"method\":")
            body.append(jsonString: verb.route.method.rawValue)
            body.append(",\"action\":")
            body.append(jsonString: services.actions[verb.operation.index].text)
            body.append(",\"allowed\":")
            body.append(reason == nil ? "true" : "false")
            if let reason {
                body.append(",\"reason\":")
                body.append(jsonString: reason)
            }
            body.append("}")
        }
        body.append("]}")
    }

    /// Why the caller's policies forbid a verb on the resource; nil when they allow it. What else the verb will need to
    /// name is not known yet, so it is judged as "any".
    private func refusal(of verb: Verb, _ resource: [UInt8], _ exchange: Exchange, _ call: Call) -> String? {
        guard let account = call.account, let caller = call.caller else { return "not authenticated" }
        var path = resource
        path.append(text: verb.suffix)
        let bound: BoundRequest? = path.withView { view in
            guard
                case .found(let match) = services.routes.match(
                    .route(verb.route.method), view, from: call.pathOffset, dialect: account.dialect)
            else { return nil }
            return call.bound.withRegion { region in
                binder.bindResource(match, Binder.Input(path: view, region: region))
            }
        }
        guard let bound else { return "not found" }
        var resources = ResourceNames()
        account.accountID.withView { resources.name(bound, account: $0) }
        let action = services.actions[verb.operation.index]
        let context = services.context(of: exchange, call, caller: caller, bound)
        let decision = resources.withNames {
            caller.principal.policies.decide(action.prepared, resources: $0, context: context)
        }
        guard !decision.isAllowed else { return nil }
        return caller.principal.policies.policies(of: decision)
            .reason(for: decision, action: action.text, resources: resources.texts)
    }

    /// The string member `name` of a JSON object.
    static func text(of name: String, in body: [UInt8]) -> String? {
        body.withView { bytes in
            var scanner = JSONScanner(bytes)
            guard let first = try? scanner.next(), first == .beginObject else { return nil }
            while case .name(let text)? = try? scanner.next() {
                guard let value = try? scanner.next() else { return nil }
                if case .string(let found) = value, JSONText.string(text, of: bytes) == name {
                    return JSONText.string(found, of: bytes)
                }
                guard (try? scanner.skipRest(of: value)) != nil else { return nil }
            }
            return nil
        }
    }
}
