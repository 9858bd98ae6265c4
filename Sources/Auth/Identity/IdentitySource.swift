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
    /// The name of the token, key, certificate or session, where it has one.
    public let credential: String?
    /// The first instant at which the credentials are no longer good; nil for never.
    public let expiry: Timestamp?
    /// Whether the caller proved a second factor; nil where the way of authentication does not say.
    public let hasSecondFactor: Bool?
    /// The keys that the credentials were verified by, as they were then; nil for credentials of another kind.
    private let keys: KeyStore.Version?

    public init(
        principal: Principal, kind: AuthenticationKind, credential: String?, expiry: Timestamp? = nil,
        hasSecondFactor: Bool? = nil
    ) {
        self.init(
            principal: principal, kind: kind, credential: credential, expiry: expiry, hasSecondFactor: hasSecondFactor,
            keys: nil)
    }

    init(
        principal: Principal, kind: AuthenticationKind, credential: String?, expiry: Timestamp?, hasSecondFactor: Bool?,
        keys: KeyStore.Version?
    ) {
        self.principal = principal
        self.kind = kind
        self.credential = credential
        self.expiry = expiry
        self.hasSecondFactor = hasSecondFactor
        self.keys = keys
    }

    /// Whether the credentials would be found good again at `now`: they have not expired, and the keys that vouched for them
    /// are still those in force.
    public func isStillGood(at now: Timestamp) -> Bool {
        if let expiry, now >= expiry { return false }
        return keys?.isCurrent ?? true
    }
}

/// What a request shows about its caller. Views are borrowed from the request.
public struct Evidence {
    /// The token of an `Authorization: Bearer` header, and its hash, which every source of tokens asks for.
    public var bearerToken: ByteView?
    public var tokenHash: TokenHash?
    /// The certificate that the caller showed on a TLS connection.
    public var certificate: CertificateEvidence?
    /// The process at the other end of a Unix socket.
    public var unixPeer: UnixPeer?

    public init(
        bearerToken: ByteView? = nil, certificate: CertificateEvidence? = nil, unixPeer: UnixPeer? = nil
    ) {
        self.bearerToken = bearerToken
        self.certificate = certificate
        self.unixPeer = unixPeer
    }
}

/// Why a caller is not authenticated. The text is safe to show to it.
public enum AuthenticationFailure: String, Error, CaseIterable, Hashable, Sendable {
    case missing = "no credentials were given"
    case malformed = "the Authorization header is not `Bearer` and one token"
    case unknown = "the credentials are not known"
    case expired = "the credentials have expired"
    /// What it takes to check them could not be fetched yet; trying again may help.
    case unavailable = "the credentials cannot be checked at the moment"
    /// They were not looked at.
    case tooMany = "too many requests with unknown credentials came from this address"
}

/// A failure with its ground.
public struct AuthenticationRefusal: Error, Sendable {
    /// What the caller is told.
    public let failure: AuthenticationFailure
    /// What exactly is wrong, for the log alone; nil where the failure says it all.
    public let ground: String?
    /// Keys that are being fetched and may make the same credentials good.
    public let pendingKeys: PendingKeys?
    /// Nanoseconds for which the answer is to be held back.
    public internal(set) var delay: UInt64 = 0
    /// Seconds after which the caller may try again.
    public internal(set) var retryAfter: Int?

    public init(_ failure: AuthenticationFailure, ground: String? = nil, pendingKeys: PendingKeys? = nil) {
        self.failure = failure
        self.ground = ground
        self.pendingKeys = pendingKeys
    }
}

/// What one source makes of a request.
public enum IdentityResult {
    case caller(Caller)
    /// The request shows nothing, or nothing that this source knows; the next source is asked.
    case notMine
    /// The source knows the credentials and they are no good; nobody else is asked.
    case refused(AuthenticationRefusal)
}

/// One way to tell who a caller is. Sources are asked in a fixed order, on the request's loop, and must not wait.
public protocol IdentitySource: Sendable {
    func identify(_ evidence: Evidence, at now: Timestamp) -> IdentityResult
}
