/// Why an upstream call brought no answer. It holds nothing of the request: neither the URL, whose query may carry a
/// signature, nor names of hosts or proxies.
public struct UpstreamError: Error, Hashable, Sendable {
    /// What a time-out was waiting for; see ``UpstreamTimeouts``.
    public enum Stage: Hashable, Sendable { case connect, firstByte, total }

    /// What went wrong.
    public enum Kind: Error, Hashable, Sendable {
        /// The request can not be sent: no absolute http or https URL, or a header line with control characters.
        case invalidRequest
        /// The host's or the proxy's name has no address.
        case nameNotResolved
        /// No TCP connection: refused or unreachable. `errno` as far as libcurl knows it, else 0.
        case notConnected(errno: Int32)
        /// The proxy refused to open the tunnel; its status code, or 0.
        case proxyRefused(status: Int)
        /// The TLS handshake failed.
        case tlsFailed
        /// The server's certificate is not trusted, has expired, or is for another host.
        case certificateRejected
        /// The configured file of trusted certificates can not be used.
        case trustStoreUnusable
        /// A stage took too long.
        case timedOut(Stage)
        /// The connection ended before any byte of the answer.
        case connectionLost
        /// The connection ended, or the coding broke, within the answer.
        case truncated
        /// The body is longer than the request accepts.
        case responseTooLarge
        /// The answer is not HTTP/1, or its header block is far too long.
        case malformedResponse
        /// The caller cancelled.
        case cancelled
        /// Anything else, as libcurl's code.
        case other(code: UInt32)
    }

    /// What went wrong.
    public let kind: Kind
    /// Whether bytes of the request may have reached the server. False means that the call certainly had no effect, so
    /// that even a write may be repeated.
    public let mayHaveArrived: Bool

    public init(_ kind: Kind, mayHaveArrived: Bool) {
        (self.kind, self.mayHaveArrived) = (kind, mayHaveArrived)
    }
}

extension UpstreamError: CustomStringConvertible {
    public var description: String {
        switch kind {
        case .invalidRequest: "request can not be sent"
        case .nameNotResolved: "host name not resolved"
        case .notConnected(let errno): "no connection (errno \(errno))"
        case .proxyRefused(let status): "proxy refused the tunnel (status \(status))"
        case .tlsFailed: "TLS handshake failed"
        case .certificateRejected: "server certificate rejected"
        case .trustStoreUnusable: "file of trusted certificates unusable"
        case .timedOut(.connect): "no connection in time"
        case .timedOut(.firstByte): "no answer in time"
        case .timedOut(.total): "answer not complete in time"
        case .connectionLost: "connection lost before an answer"
        case .truncated: "answer cut off"
        case .responseTooLarge: "answer too large"
        case .malformedResponse: "answer malformed"
        case .cancelled: "cancelled"
        case .other(let code): "upstream call failed (libcurl code \(code))"
        }
    }
}
