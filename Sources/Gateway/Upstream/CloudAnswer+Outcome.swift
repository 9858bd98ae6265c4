import Bytes
import HTTP
import Routes

extension CloudAnswer {
    /// Throws the problem that an answer with a status of success tells by a code in its body, as some actions do.
    static func check(_ response: UpstreamResponse, _ outcome: OutcomeRule, action: String) throws(Problem) {
        guard let answer = response.body.withView({ try? JSONValue(parsing: $0, maxDepth: 8) }),
            let code = answer[outcome.code]?.scalarText, code != outcome.success
        else { return }
        let status = outcome.statuses[code] ?? 502
        var problem = Problem(
            min(status, 502), code, String((answer[outcome.message]?.scalarText ?? "").prefix(CloudErrorBody.longestMessage)),
            origin: .cloud, retryable: status == 503,
            upstream: Problem.Upstream(
                action: action, code: code, requestID: requestID(of: response), status: Int(response.status)))
        // Where the cloud itself asks for another try, what failed left nothing behind.
        problem.mayHaveHadEffect = status >= 500 && !problem.retryable
        throw problem
    }
}

extension JSONValue {
    /// A text or a number as text; nil for anything else.
    fileprivate var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
