/// One HTTP response of the simulated cloud, and what the transport is to do to it.
public struct SimulatedResponse: Sendable {
    public var status: Int
    public var contentType: String
    public var body: [UInt8]
    /// Further headers: `x-acs-request-id` is always there.
    public var headers: [SimulatedRequest.Header]
    /// A fault that only the transport can carry out.
    public var transport: TransportFault?

    /// What happens to a response on its way.
    public enum TransportFault: Hashable, Sendable {
        /// The response is sent after this many milliseconds.
        case delay(milliseconds: Int)
        /// The connection is closed without a response.
        case disconnect
        /// The connection is closed after half of the body.
        case truncate
        /// The body is sent a few bytes at a time, over this many milliseconds in all.
        case slowBody(milliseconds: Int)
    }
}
