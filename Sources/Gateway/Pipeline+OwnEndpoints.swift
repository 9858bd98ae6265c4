import Auth
import Bytes
import HTTP
import Routes

/// What the gateway answers by itself: its description, its health, and what callers may do.
extension Pipeline {
    /// Answers a path of the gateway's own, or a browser's preflight request; false for every other one.
    func answerOwnEndpoint(_ exchange: Exchange, _ call: Call) -> Bool {
        if exchange.method == .options {
            call.isOwnEndpoint = true
            respondToPreflight(exchange, call)
            return true
        }
        guard let endpoint = OwnEndpoint(exchange.path) else { return false }
        call.isOwnEndpoint = true
        do throws(Problem) {
            guard endpoint.accepts(exchange.method) else {
                throw Problem(
                    405, "MethodNotAllowed", "this path does not take \(exchange.method.rawValue)",
                    headers: [("Allow", endpoint.isQuestion ? "POST, OPTIONS" : "GET, HEAD, OPTIONS")])
            }
            respond(try answer(endpoint, exchange, call), exchange, call)
        } catch {
            if waits(exchange, call, again: { [self] in _ = answerOwnEndpoint($0, call) }) { return true }
            respond(error, exchange, call)
        }
        return true
    }

    private func answer(_ endpoint: OwnEndpoint, _ exchange: Exchange, _ call: Call) throws(Problem) -> Answer {
        switch endpoint {
        case .root: return Answer(status: 200, body: services.welcome)
        case .openAPI: return Answer(status: 200, contentType: .yaml, body: services.openAPI())
        case .health: return Answer(status: 200, contentType: .text, body: Array("ok\n".utf8))
        case .readiness: return readiness()
        case .metrics: return Answer(status: 200, contentType: .metrics, body: operations.metricsPage())
        case .whoAmI:
            try authenticate(exchange, call)
            return try whoAmI(call)
        case .accessChecks:
            try authenticate(exchange, call)
            return try checkAccess(exchange, call)
        case .policyQuestions:
            try authenticate(exchange, call)
            return try explainPolicies(exchange, call)
        }
    }

    private func readiness() -> Answer {
        let obstacles = operations.obstacles()
        let lines = (obstacles.isEmpty ? ["ready"] : obstacles) + operations.warnings().map { "warning: \($0)" }
        return Answer(
            status: obstacles.isEmpty ? 200 : 503, contentType: .text, body: Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    private func whoAmI(_ call: Call) throws(Problem) -> Answer {
        guard let caller = call.caller else { throw .internalError }
        var answer = Answer(status: 200)
        answer.body.append("{\"principal\":")
        answer.body.append(jsonString: caller.principal.name)
        answer.body.append(",\"arn\":")
        caller.principal.arn.withView { answer.body.append(jsonString: $0) }
        answer.body.append(",\"authentication\":")
        answer.body.append(jsonString: caller.kind.rawValue)
        if let credential = caller.credential {
            answer.body.append(",\"credential\":")
            answer.body.append(jsonString: credential)
        }
        answer.body.append(",\"groups\":[")
        for (index, name) in caller.principal.groups.enumerated() {
            if index > 0 { answer.body.append(",") }
            answer.body.append(jsonString: name)
        }
        answer.body.append("],\"policies\":[")
        for (index, name) in caller.principal.policies.identity.names.enumerated() {
            if index > 0 { answer.body.append(",") }
            answer.body.append(jsonString: name)
        }
        answer.body.append("],\"accounts\":[")
        for (index, account) in services.accounts.enumerated() {
            if index > 0 { answer.body.append(",") }
            answer.body.append(jsonString: account.name)
        }
        answer.body.append("]}")
        return answer
    }

    /// `{"checks": [{"action", "resource"}]}` → `{"items": [{"action", "resource", "allowed", "reason"}]}`, for buttons that
    /// are to be greyed out.
    private func checkAccess(_ exchange: Exchange, _ call: Call) throws(Problem) -> Answer {
        guard let caller = call.caller else { throw .internalError }
        let checks = try AccessCheck.read(exchange.body, maxDepth: services.configuration.limits.nesting)
        let policies = caller.principal.policies
        // Which tags a call will set is not part of the question; those that resources have are found out.
        let context = services.context(of: exchange, call, caller: caller, call.bound)
        var answer = Answer(status: 200)
        answer.body.append("{\"items\":[")
        for (index, check) in checks.enumerated() {
            let decision = Array(check.resource.utf8).withView { resource in
                withUnsafePointer(to: resource) { name in
                    policies.decide(
                        PreparedAction(check.action), resources: UnsafeBufferPointer(start: name, count: 1), context: context)
                }
            }
            let reason = policies.policies(of: decision)
                .reason(for: decision, action: check.action, resources: [check.resource])
            answer.body.append(index == 0 ? "{\"action\":" : ",{\"action\":")
            answer.body.append(jsonString: check.action)
            answer.body.append(",\"resource\":")
            answer.body.append(jsonString: check.resource)
            answer.body.append(",\"allowed\":")
            answer.body.append(decision.isAllowed ? "true" : "false")
            answer.body.append(",\"reason\":")
            answer.body.append(jsonString: reason)
            answer.body.append("}")
        }
        answer.body.append("]}")
        if let tags = call.tags, !tags.missing.isEmpty {
            call.waiting = .tags
            throw .undecided
        }
        return answer
    }
}

/// The gateway's own paths.
private enum OwnEndpoint {
    case root, openAPI, health, readiness, metrics, whoAmI, accessChecks, policyQuestions

    init?(_ path: ByteView) {
        switch path.count {
        case 0...1: self = .root
        case 7 where path.equals("/readyz"): self = .readiness
        case 7 where path.equals("/whoami"): self = .whoAmI
        case 8 where path.equals("/healthz"): self = .health
        case 8 where path.equals("/metrics"): self = .metrics
        case 13 where path.equals("/openapi.yaml"): self = .openAPI
        case 14 where path.equals("/access-checks"): self = .accessChecks
        case 17 where path.equals("/policies/explain"): self = .policyQuestions
        default: return nil
        }
    }

    /// Whether it answers a question that a body holds.
    var isQuestion: Bool { self == .accessChecks || self == .policyQuestions }

    func accepts(_ method: Method) -> Bool {
        isQuestion ? method == .post : method == .get || method == .head
    }
}
