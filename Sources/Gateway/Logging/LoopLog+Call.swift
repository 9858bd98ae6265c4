import Bytes
import HTTP

extension LoopLog {
    /// Adds the access line of a request that has ended.
    func add(_ call: Call, _ exchange: Exchange, _ outcome: Outcome, totalTime: UInt64) {
        call.requestID.bytes.withView { requestID in
            // From the turn's reading of both clocks.
            let ended = exchange.loop.wallNow &+ (exchange.receivedAt &+ totalTime &- exchange.loop.now)
            var record = AccessRecord(
                time: ended, requestID: requestID, method: exchange.method.name.view, target: exchange.target, status: outcome.status, totalTime: totalTime, bytes: outcome.bodyBytes, peer: exchange.peer)
            if outcome.end != .sent { record.end = outcome.end.rawValue }
            let known = call.known
            record.principal = (known?.caller ?? call.caller)?.principal.name
            record.action = (known?.name ?? call.action)?.text
            record.decision = (known?.decision ?? call.decision)?.outcome.rawValue
            if call.cache != .none { record.cache = call.cache.rawValue }
            record.account = (known?.account ?? call.account)?.name
            record.code = call.problemCode
            record.reason = call.refusal?.ground
            if case .address(let source) = call.source, source != exchange.peer.networkAddress {
                record.source = "\(call.source)"
            }
            if call.upstreamTime > 0 { record.upstreamTime = call.upstreamTime }
            record.cloudRequestID = call.cloudRequestID
            add(record)
        }
    }
}

extension Method {
    /// The name in the request line; of one that is not known, `OTHER`.
    var name: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .other: "OTHER"
        }
    }
}
