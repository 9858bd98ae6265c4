import Bytes

/// What an `Authorization` header carries, as far as bearer tokens go (RFC 6750, 2.1; RFC 9110, 11.4).
public enum BearerCredentials {
    /// A token of allowed characters and length; borrowed from the header.
    case token(ByteView)
    /// The header names another scheme.
    case otherScheme
    /// A bearer header without exactly one acceptable token.
    case malformed

    /// Bytes of a token that are looked at all; a JWT of an identity provider stays far below.
    public static let longestToken = 8192

    /// Reads the value of an `Authorization` header. The scheme ignores case.
    public init(_ value: ByteView) {
        let value = value.trimmed
        let end = value.firstOffset(of: UInt8(ascii: " ")) ?? value.count
        guard value.slice(0..<end).equalsIgnoringCase("bearer") else {
            self = value.isEmpty ? .malformed : .otherScheme
            return
        }
        let token = value.slice(end..<value.count).trimmed
        self = Self.isToken(token) ? .token(token) : .malformed
    }

    /// `b64token`: letters, digits and `-._~+/`, then any number of `=`.
    private static func isToken(_ token: ByteView) -> Bool {
        guard !token.isEmpty, token.count <= longestToken, token[0] != UInt8(ascii: "=") else { return false }
        var isPadding = false
        for byte in token {
            switch byte {
            case UInt8(ascii: "="): isPadding = true
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"),
                UInt8(ascii: "/"):
                if isPadding { return false }
            default:
                if isPadding || !(byte.isASCIILetter || byte.isASCIIDigit) { return false }
            }
        }
        return true
    }
}
