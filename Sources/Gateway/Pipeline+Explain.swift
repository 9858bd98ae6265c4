import Auth
import Bytes
import HTTP
import Routes

/// `POST /policies/explain`: which statement of a principal's policies, or of policies that are given, decides a request, and
/// why the others do not. For callers who may do `gateway:ExplainPolicies` on the principal's ARN, or on `*` for policies that
/// are given.
extension Pipeline {
    private static let explanation = ActionName(product: "gateway", action: "ExplainPolicies")

    func explainPolicies(_ exchange: Exchange, _ call: Call) throws(Problem) -> Answer {
        let question: ExplainQuestion
        do throws(QuestionFault) {
            question = try ExplainQuestion(exchange.body, maxDepth: services.configuration.limits.nesting)
        } catch {
            let location = error.place.replacing(".", with: "/").replacing("[", with: "/").replacing("]", with: "")
            throw Problem(faults: [.init(location: "/\(location)", reason: error.reason)])
        }
        call.action = Self.explanation
        let subject: Principal?
        let policies: PolicySet
        switch question.subject {
        case .policies(let documents):
            subject = nil
            policies = PolicySet(documents)
            call.resources.nameEverything()
        case .principal(let name, let groups):
            let principal = services.access.directory.principal(name, groups: groups)
            subject = principal
            policies = principal.policies.identity
            call.resources.name(arn: principal.arn)
        }
        try decide(exchange, call)
        if case .principal(let name, let groups) = question.subject, groups.isEmpty,
            !services.access.directory.isConfigured(name)
        {
            throw Problem(
                404, "PrincipalNotFound",
                "no principal `\(name.prefix(100))`; `groups` gives one that is not configured its rights")
        }
        var context = question.context
        // What is given counts; what everybody knows is added.
        _ = context.set("acs:CurrentTime", to: Timestamp(wallNanoseconds: SystemClock.wall).description)
        if let subject { _ = context.set("acs:PrincipalARN", to: String(decoding: subject.arn, as: UTF8.self)) }
        let explanation = policies.explain(action: question.action, resources: question.resources, context: context)
        var answer = Answer(status: 200)
        append(explanation, of: policies, about: question, subject, to: &answer.body)
        return answer
    }

    private func append(
        _ explanation: Explanation, of policies: PolicySet, about question: ExplainQuestion, _ subject: Principal?,
        to body: inout [UInt8]
    ) {
        body.append("{\"decision\":")
        body.append(jsonString: explanation.decision.outcome.rawValue)
        body.append(",\"reason\":")
        body.append(jsonString: explanation.reason)
        if let subject {
            body.append(",\"principal\":")
            body.append(jsonString: subject.name)
            body.append(",\"groups\":")
            body.append(jsonStrings: subject.groups)
        }
        body.append(",\"policies\":")
        body.append(jsonStrings: policies.names)
        body.append(",\"statements\":[")
        for (index, finding) in explanation.findings.enumerated() {
            if index > 0 { body.append(",") }
            body.append("{\"policy\":")
            body.append(jsonString: finding.policy)
            body.append(",\"statement\":")
            body.append(decimal: finding.statement.index + 1)
            if let sid = finding.sid {
                body.append(",\"sid\":")
                body.append(jsonString: sid)
            }
            body.append(",\"effect\":")
            body.append(jsonString: finding.effect.rawValue)
            body.append(",\"resource\":")
            let resources = question.resources
            body.append(jsonString: resources.indices.contains(finding.resource) ? resources[finding.resource] : "*")
            body.append(",\"applies\":")
            body.append(finding.applies ? "true" : "false")
            body.append(",\"reason\":")
            body.append(jsonString: finding.ground)
            body.append("}")
        }
        body.append("]}")
    }
}

extension Array where Element == UInt8 {
    /// Appends a list of texts as JSON.
    fileprivate mutating func append(jsonStrings texts: [String]) {
        append("[")
        for (index, text) in texts.enumerated() {
            if index > 0 { append(",") }
            append(jsonString: text)
        }
        append("]")
    }
}
