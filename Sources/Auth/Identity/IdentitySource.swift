import Bytes

/// How a caller proved who it is.
public enum AuthenticationKind: String, Hashable, Sendable {
    case token
    case jwt
    case clientCertificate = "client-certificate"
    case unixPeer = "unix-peer"
    case accessKey = "access-key"
}

/// An authenticated caller.
public struct Caller: Sendable {
    public let principal: Principal
    public let kind: AuthenticationKind
    /// The name of the token, key or certificate, where it has one.
    public let credential: String?
    /// The first instant at which the credentials are no longer good; nil for never.
    public let expiry: Timestamp?

    public init(principal: Principal, kind: AuthenticationKind, credential: String?, expiry: Timestamp? = nil) {
        self.principal = principal
        self.kind = kind
        self.credential = credential
        self.expiry = expiry
    }
}

/// What a request shows about its caller. Views are borrowed from the request.
public struct Evidence {
    /// The token of an `Authorization: Bearer` header.
    public var bearerToken: ByteView?

    public init(bearerToken: ByteView? = nil) {
        self.bearerToken = bearerToken
    }
}

/// Why a caller is not authenticated. The text is safe to show to it.
public enum AuthenticationFailure: String, Error, Hashable, Sendable {
    case missing = "no credentials were given"
    case malformed = "the Authorization header is not `Bearer` and one token"
    case unknown = "the credentials are not known"
    case expired = "the credentials have expired"
}

/// What one source makes of a request.
public enum IdentityResult {
    case caller(Caller)
    /// The request shows nothing, or nothing that this source knows; the next source is asked.
    case notMine
    /// The source knows the credentials and they are no good; nobody else is asked.
    case refused(AuthenticationFailure)
}

/// One way to tell who a caller is. Sources are asked in a fixed order, on the request's loop, and must not wait.
public protocol IdentitySource: Sendable {
    func identify(_ evidence: Evidence, at now: Timestamp) -> IdentityResult
}
