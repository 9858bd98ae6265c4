/// Why a request is refused before its handler sees it. The connection closes after the answer.
public enum HeadFault: Error, Hashable, Sendable, CaseIterable {
    case malformedRequestLine
    case unsupportedVersion
    case invalidMethod
    case invalidTarget
    case invalidHeaderName
    case invalidHeaderValue
    /// The lines do not follow each other as they should: a bare line feed, white space before a colon, a folded line.
    case malformedHeaderLine
    case missingHost
    case repeatedHost
    case invalidHost
    case repeatedContentLength
    case invalidContentLength
    case repeatedTransferEncoding
    case unsupportedTransferEncoding
    case contentLengthWithTransferEncoding
    case repeatedAuthorization
    case targetTooLong
    case headTooLarge
    case bodyTooLarge
    /// No certificate that the listener's client CA vouches for.
    case untrustedClient

    /// The status to answer with.
    public var status: UInt16 {
        switch self {
        case .unsupportedVersion: 505
        case .targetTooLong: 414
        case .headTooLarge: 431
        case .bodyTooLarge: 413
        case .untrustedClient: 403
        default: 400
        }
    }

    /// What is wrong, for the person who reads the answer.
    public var detail: StaticString {
        switch self {
        case .malformedRequestLine: "the request line is not `method target version` with one blank between"
        case .unsupportedVersion: "the HTTP version is neither 1.1 nor 1.0"
        case .invalidMethod: "the method is no token"
        case .invalidTarget: "the request target is no absolute path, or has characters that must be percent-encoded"
        case .invalidHeaderName: "a header name is empty or no token"
        case .invalidHeaderValue: "a header value has control characters"
        case .malformedHeaderLine: "a header line has white space before its colon, is folded, or does not end in CR LF"
        case .missingHost: "the Host header is missing"
        case .repeatedHost: "the Host header is given more than once"
        case .invalidHost: "the Host header is no host and port"
        case .repeatedContentLength: "the Content-Length header is given more than once"
        case .invalidContentLength: "the Content-Length header is no decimal number"
        case .repeatedTransferEncoding: "the Transfer-Encoding header is given more than once"
        case .unsupportedTransferEncoding: "the Transfer-Encoding header is not `chunked`, or the version is HTTP/1.0"
        case .contentLengthWithTransferEncoding: "both Content-Length and Transfer-Encoding are given"
        case .repeatedAuthorization: "the Authorization header is given more than once"
        case .targetTooLong: "the request target is too long"
        case .headTooLarge: "the request's headers are too large or too many"
        case .bodyTooLarge: "the request body is too large"
        case .untrustedClient: "the client certificate is missing or not trusted"
        }
    }
}
