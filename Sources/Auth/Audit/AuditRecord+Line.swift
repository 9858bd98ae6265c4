import Bytes

extension AuditRecord {
    /// Appends the record as one JSON object and a line feed. Members that say nothing are left out; statements are
    /// counted from 1, as messages count them.
    public func append(to output: inout [UInt8]) {
        output.append("{\"time\":\"")
        appendTime(to: &output)
        output.append("\"")
        output.append(member: "requestId", requestID)
        if let caller {
            output.append(member: "principal", caller.principal.name)
            output.append(member: "authentication", caller.kind.rawValue)
            if let credential = caller.credential { output.append(member: "credential", credential) }
        }
        output.append(member: "source", source)
        output.append(member: "action", action)
        appendResources(to: &output)
        appendParameters(to: &output)
        if let decision { append(decision, to: &output) }
        output.append(member: "account", account)
        if let cloudRequestID { output.append(member: "cloudRequestId", cloudRequestID) }
        output.append(member: "outcome", outcome.rawValue)
        output.append(",\"status\":")
        output.append(decimal: status)
        output.append("}\n")
    }

    private func append(_ decision: Decision, to output: inout [UInt8]) {
        output.append(member: "decision", decision.outcome.rawValue)
        guard let policies = caller?.principal.policies.policies(of: decision) else { return }
        if decision.policyClass == .session { output.append(member: "policyClass", "session") }
        let policy = decision.outcome == .invalidPolicy ? policies.invalidPolicy : decision.statement?.policy
        guard let policy, policies.names.indices.contains(policy) else { return }
        output.append(member: "policy", policies.names[policy])
        guard let statement = decision.statement else { return }
        output.append(",\"statement\":")
        output.append(decimal: statement.index + 1)
    }

    private func appendResources(to output: inout [UInt8]) {
        output.append(",\"resources\":[")
        for (index, resource) in resources.enumerated() {
            if index > 0 { output.append(",") }
            output.append(jsonString: resource)
        }
        output.append("]")
    }

    private func appendParameters(to output: inout [UInt8]) {
        guard !parameters.isEmpty else { return }
        output.append(",\"parameters\":{")
        for (index, parameter) in parameters.enumerated() {
            if index > 0 { output.append(",") }
            output.append(jsonString: parameter.name)
            output.append(":")
            output.append(jsonString: parameter.value ?? ("•••" as StaticString).view)
        }
        output.append("}")
    }

    /// To the millisecond.
    private func appendTime(to output: inout [UInt8]) {
        Timestamp(wallNanoseconds: time).append(to: &output)
        output.removeLast()
        output.append(".")
        output.append(decimal: Int(time / 1_000_000 % 1000), width: 3)
        output.append("Z")
    }
}

extension Array where Element == UInt8 {
    /// Appends `,"name":"value"`. `name` needs no escape.
    fileprivate mutating func append(member name: StaticString, _ value: ByteView) {
        append(memberName: name)
        append(jsonString: value)
    }

    fileprivate mutating func append(member name: StaticString, _ value: String) {
        append(memberName: name)
        append(jsonString: value)
    }

    private mutating func append(memberName name: StaticString) {
        append(",\"")
        append(name)
        append("\":")
    }
}
