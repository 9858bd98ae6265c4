import Bytes

/// What a token of an identity provider says, as far as this cloud looks at it. Its signature is not checked: the cloud knows
/// no provider's keys.
struct OIDCClaims {
    let issuer: String
    let subject: String
    let audience: String
    /// Seconds since 1970.
    let expiry: Int64?

    /// Nil when `token` is no JSON Web Token.
    init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard (4...20_000).contains(token.utf8.count), parts.count == 3,
            let text = Array(parts[1].utf8).withView({ Base64.decode($0, .url) }),
            let claims = try? text.withView({ try JSONValue(parsing: $0) })
        else { return nil }
        func claim(_ name: String) -> String {
            switch claims[name] {
            case .string(let text), .number(let text): text
            default: ""
            }
        }
        issuer = claim("iss")
        subject = claim("sub")
        audience = claim("aud")
        expiry = Int64(claim("exp"))
    }
}
