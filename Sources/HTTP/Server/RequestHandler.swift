/// The application of a server. There is one instance for each loop, called on that loop only, so it may keep scratch.
public protocol RequestHandler: AnyObject {
    /// Decides about a request before its body is read, by its head alone. To refuse, respond and return false; the
    /// connection then closes if a body was still to come.
    func admit(_ exchange: Exchange) -> Bool

    /// Handles a request that arrived whole: responds, or starts work that will with ``Exchange/perform(_:)``.
    func handle(_ exchange: Exchange)

    /// Writes the answer to a request that is malformed or too large, of status `fault.status`. The connection closes after
    /// it. Of the exchange's properties only `target`, `headers` and those of the connection may be relied on; they can be
    /// malformed or empty.
    func refuse(_ exchange: Exchange, _ fault: HeadFault)

    /// Called once for every request, when its response was sent or never will be. The exchange's views end with this call.
    /// What libmicrohttpd refuses by itself after the request line (a header line without a colon, say) comes here only,
    /// without headers.
    func completed(_ exchange: Exchange, _ outcome: Outcome)
}

/// How a request ended.
public struct Outcome: Hashable, Sendable {
    public enum End: String, Hashable, Sendable {
        case sent
        /// The caller hung up before all of the response was sent.
        case callerGone = "caller-gone"
        /// The caller took too long to send the request or to take the response.
        case timedOut = "timed-out"
        /// The server shut down.
        case shutDown = "shut-down"
        case failed
    }

    public var end: End
    /// The response's status; 0 when there was none.
    public var status: UInt16
    /// The length of the response's body as announced; a HEAD's is counted as 0.
    public var bodyBytes: Int
}
