import Bytes
import HTTP

extension LoopLog {
    /// Adds the access line of a request that has ended.
    func add(_ call: Call, _ exchange: Exchange, _ outcome: Outcome, totalTime: UInt64) {
        call.requestID.bytes.withView { requestID in
            // From the turn's reading of both clocks.
            let ended = exchange.loop.wallNow &+ (exchange.receivedAt &+ totalTime &- exchange.loop.now)
            let peer = exchange.peer
            var record = AccessRecord(
                time: ended, requestID: requestID, method: exchange.method.name.view, target: exchange.target,
                status: outcome.status, totalTime: totalTime, bytes: outcome.bodyBytes, peer: peer)
            if outcome.end != .sent { record.end = outcome.end.rawValue }
            if let known = call.known {
                record.principal = known.caller.principal.name
                record.action = known.name.text
                record.decision = known.decision.outcome.rawValue
                record.account = known.account.name
            } else {
                record.principal = call.caller?.principal.name
                record.action = call.action?.text
                record.decision = call.decision?.outcome.rawValue
                record.account = call.account?.name
            }
            if call.cache != .none { record.cache = call.cache.rawValue }
            record.code = call.problemCode
            record.reason = call.refusal?.ground
            if case .address(let source) = call.source, source != peer.networkAddress {
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
