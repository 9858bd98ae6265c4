import Bytes

/// The request headers that are found by index, without a search: those that the framing depends on or that any request
/// may ask for.
public enum KnownHeader: UInt8, Hashable, Sendable, CaseIterable {
    case accept, acceptEncoding, accessControlRequestHeaders, accessControlRequestMethod, authorization, cacheControl
    case connection, contentEncoding, contentLength, contentType, expect, forwardedFor, host, idempotencyKey, ifMatch
    case ifNoneMatch, origin, prefer, traceparent, transferEncoding, userAgent, xAccount, xRequestId

    /// The header of that name, letter case ignored.
    @inlinable
    public init?(_ name: ByteView) {
        func pick(_ candidate: KnownHeader) -> KnownHeader? {
            name.equalsIgnoringCase(candidate.lowercaseName) ? candidate : nil
        }
        let found: KnownHeader? =
            switch name.count {
            case 4: pick(.host)
            case 6: pick(.accept) ?? pick(.origin) ?? pick(.prefer) ?? pick(.expect)
            case 8: pick(.ifMatch)
            case 9: pick(.xAccount)
            case 10: pick(.userAgent) ?? pick(.connection)
            case 11: pick(.traceparent)
            case 12: pick(.contentType) ?? pick(.xRequestId)
            case 13: pick(.authorization) ?? pick(.cacheControl) ?? pick(.ifNoneMatch)
            case 14: pick(.contentLength)
            case 15: pick(.acceptEncoding) ?? pick(.idempotencyKey) ?? pick(.forwardedFor)
            case 16: pick(.contentEncoding)
            case 17: pick(.transferEncoding)
            case 29: pick(.accessControlRequestMethod)
            case 30: pick(.accessControlRequestHeaders)
            default: nil
            }
        guard let found else { return nil }
        self = found
    }

    /// The name in lower case.
    public var lowercaseName: StaticString {
        switch self {
        case .accept: "accept"
        case .acceptEncoding: "accept-encoding"
        case .accessControlRequestHeaders: "access-control-request-headers"
        case .accessControlRequestMethod: "access-control-request-method"
        case .authorization: "authorization"
        case .cacheControl: "cache-control"
        case .connection: "connection"
        case .contentEncoding: "content-encoding"
        case .contentLength: "content-length"
        case .contentType: "content-type"
        case .expect: "expect"
        case .forwardedFor: "x-forwarded-for"
        case .host: "host"
        case .idempotencyKey: "idempotency-key"
        case .ifMatch: "if-match"
        case .ifNoneMatch: "if-none-match"
        case .origin: "origin"
        case .prefer: "prefer"
        case .traceparent: "traceparent"
        case .transferEncoding: "transfer-encoding"
        case .userAgent: "user-agent"
        case .xAccount: "x-account"
        case .xRequestId: "x-request-id"
        }
    }
}
