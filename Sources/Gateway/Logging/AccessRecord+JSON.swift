import Bytes

extension AccessRecord {
    /// Appends the record as one JSON object and a line feed. Members that say nothing are left out.
    func appendJSON(to output: inout [UInt8], _ clock: inout LogTime) {
        output.append("{\"time\":\"")
        clock.append(time, to: &output)
        output.append("\",\"level\":\"info\",\"msg\":\"request\"")
        output.append(logMember: "request_id", requestID)
        output.append(logMember: "method", method)
        output.append(logMember: "path", path)
        output.append(",\"status\":")
        output.append(decimal: UInt64(status))
        output.append(logMember: "end", end)
        output.append(logMember: "principal", principal)
        output.append(logMember: "action", action)
        output.append(logMember: "decision", decision)
        output.append(logMember: "cache", cache)
        output.append(logMember: "account", account)
        output.append(logMember: "code", code)
        if let upstreamTime { output.append(logMember: "upstream_ms", milliseconds: upstreamTime) }
        output.append(logMember: "total_ms", milliseconds: totalTime)
        output.append(",\"bytes\":")
        output.append(decimal: bytes)
        output.append(logMember: "acs_request_id", cloudRequestID)
        output.append(",\"peer\":\"")
        output.append(peer)
        output.append("\"}\n")
    }
}
