import Auth
import Bytes
import HTTP

/// What a request has to wait for before it can be decided.
enum Waiting {
    /// Keys of an issuer that are being fetched: its token may be good by them.
    case keys(PendingKeys)
    /// Tags of its resources, which a condition asks for.
    case tags
}

/// Requests that cannot be decided yet: who calls, or what the policies say, depends on something that has to be fetched.
/// They wait with the connection suspended, and then take their way anew from the beginning, knowing it.
extension Pipeline {
    /// Calls `again` when what the request lacks is there, and returns true; false when it lacks nothing.
    func waits(_ exchange: Exchange, _ call: Call, again: @escaping @Sendable (Exchange) -> Void) -> Bool {
        guard let waiting = call.waiting else { return false }
        call.waiting = nil
        exchange.perform(
            { [self] _ in
                switch waiting {
                case .keys(let keys): await keys.untilEnded()
                case .tags: await findTags(of: call)
                }
            },
            then: { [self] exchange in
                if exchange.isAbandoned { return respond(.callerGone, exchange, call) }
                again(exchange)
            })
        return true
    }

    /// Authorises a call of the gateway's own, which may wait where it is.
    func authoriseInPlace(_ exchange: Exchange, _ call: Call) async throws(Problem) {
        do throws(Problem) {
            try authorise(exchange, call)
        } catch {
            guard case .tags? = call.waiting else { throw error }
            call.waiting = nil
            await findTags(of: call)
            try authorise(exchange, call)
        }
    }
}
