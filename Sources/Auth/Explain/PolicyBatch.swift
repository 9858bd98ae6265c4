import Bytes

/// Answers policy questions given as JSON, one object a line, so that users can test their policies in their own CI:
/// `{"policies": [document or its text, …], "request": {"action": …, "resources": […], "context": {key: value}}}` gives
/// `{"decision": "Allow" | "ExplicitDeny" | "ImplicitDeny" | "InvalidPolicy", "reason": …}`.
///
/// A resource is a text, or `{"arn": …, "context": {…}}` with facts about it alone. A value is a text, a truth value, a
/// number, null for a missing key, or a list of these. Other members of the line are labels and ignored. A line that
/// cannot be answered gives `{"error": …}`.
public enum PolicyBatch {
    /// The answer to one line, without a line feed.
    public static func answer(_ line: ByteView) -> [UInt8] {
        var output: [UInt8] = []
        do throws(QuestionFault) {
            let question = try BatchQuestion(line)
            let explanation = PolicySet(question.policies).outcome(question)
            output.append("{\"decision\":\"")
            output.append(text: explanation.decision.outcome.rawValue)
            output.append("\",\"reason\":")
            output.append(jsonString: explanation.reason)
        } catch {
            output.append("{\"error\":")
            output.append(jsonString: error.message)
        }
        output.append("}")
        return output
    }
}

extension PolicySet {
    fileprivate func outcome(_ question: BatchQuestion) -> (decision: Decision, reason: String) {
        let decision = Self.withViews(of: question.request.resources) {
            decide(PreparedAction(question.request.action), resources: $0, context: question.request.context)
        }
        if decision.outcome == .invalidPolicy, let fault = question.firstFault { return (decision, fault) }
        return (decision, reason(for: decision, action: question.request.action, resources: question.request.resources))
    }
}
