import Bytes

/// One HTTP request for a key.
public struct CredentialRequest: Sendable {
    public enum Method: Sendable { case get, post, put }

    public enum Route: Sendable {
        /// Straight to the host, whatever proxy is configured: the metadata service is reached from this machine only.
        case direct
        /// As the account's own calls go.
        case configured
    }

    public struct Header: Sendable {
        public var name: String
        public var value: [UInt8]
    }

    public var method: Method
    /// The absolute URL; its query may hold a token.
    public var url: [UInt8]
    public var headers: [Header] = []
    /// The body of a POST, a form.
    public var form: LockedBytes?
    public var route: Route
    /// Until the connection stands.
    public var connectTime: Duration
    /// Until the last byte of the answer.
    public var totalTime: Duration

    /// The longest answer that is read, in bytes.
    public static let largestAnswer = 64 << 10

    /// A request with the time-outs of the vendor's SDKs for the route.
    public init(_ method: Method, url: [UInt8], route: Route) {
        self.method = method
        self.url = url
        self.route = route
        connectTime = route == .direct ? .seconds(1) : .seconds(5)
        totalTime = route == .direct ? .seconds(2) : .seconds(10)
    }
}

/// The answer to a ``CredentialRequest``, whatever its status.
public struct CredentialAnswer: Sendable {
    public var status: Int
    public var body: LockedBytes
    /// The value of its `Date` header.
    public var date: [UInt8]?

    public init(status: Int, body: LockedBytes, date: [UInt8]? = nil) {
        self.status = status
        self.body = body
        self.date = date
    }
}

/// Why a request for a key brought no answer. Says nothing of the request's content.
public struct CredentialTransportError: Error, Hashable, Sendable {
    public var reason: String

    public init(_ reason: String) {
        self.reason = reason
    }
}

/// Carries requests for keys. The program fills it in with its HTTP client, which must keep neither request nor answer.
public protocol CredentialTransport: Sendable {
    func send(_ request: CredentialRequest) async throws(CredentialTransportError) -> CredentialAnswer
}

extension CredentialTransport {
    /// The same for a source called `name`.
    func send(_ request: CredentialRequest, for name: String) async throws(CredentialError) -> CredentialAnswer {
        do throws(CredentialTransportError) {
            return try await send(request)
        } catch {
            throw CredentialError(name, error.reason)
        }
    }
}
