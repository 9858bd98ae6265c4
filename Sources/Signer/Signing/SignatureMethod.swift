/// The signatures that the cloud knows. Raw values are those of the configuration.
public enum SignatureMethod: String, CaseIterable, Sendable {
    /// RPC signature 1.0 in the query, HMAC-SHA1: the documented one, and all that the private cloud knows.
    case hmacSHA1 = "hmac-sha1"
    /// RPC signature 1.0 in the query, HMAC-SHA256: sent by the vendor's PHP SDK, documented nowhere.
    case hmacSHA256 = "hmac-sha256"
    /// ACS3-HMAC-SHA256 in headers: what the vendor recommends on the public cloud.
    case acs3

    /// The signer that makes this signature.
    public var signer: any RequestSigner {
        switch self {
        case .hmacSHA1: RPCSigner(.sha1)
        case .hmacSHA256: RPCSigner(.sha256)
        case .acs3: ACS3Signer()
        }
    }
}
