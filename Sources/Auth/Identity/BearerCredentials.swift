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
        guard token.count <= longestToken else { return false }
        var end = token.count
        while end > 0, token[end - 1] == UInt8(ascii: "=") { end -= 1 }
        // Without a branch for each character: those of a token are random.
        var isAllowed: UInt64 = 1
        for byte in token.slice(0..<end) {
            let set = byte < 64 ? tokenCharactersBelow64 : tokenCharactersFrom64
            isAllowed &= set >> UInt64(byte & 63) & UInt64(byte >> 7 ^ 1)
        }
        return end > 0 && isAllowed == 1
    }

    /// `+-./` and the digits, a bit for each character.
    private static let tokenCharactersBelow64: UInt64 = 0x03FF_E800_0000_0000
    /// Letters, `_` and `~`.
    private static let tokenCharactersFrom64: UInt64 = 0x47FF_FFFE_87FF_FFFE
}
