import Bytes

/// A key and how long it lives.
public struct Credentials: Sendable {
    public let key: AccessKey
    /// When a temporary key expires, by this machine's clock; nil for a permanent one.
    public let expiration: Timestamp?

    public init(key: AccessKey, expiration: Timestamp? = nil) {
        self.key = key
        self.expiration = expiration
    }

    /// Whether the key may still be used.
    func isValid(at now: UInt64) -> Bool {
        guard let expiration else { return true }
        return Timestamp(wallNanoseconds: now) < expiration
    }
}

extension Credentials: Equatable {
    /// Whether both are the same key, not just one that signs alike.
    public static func == (left: Credentials, right: Credentials) -> Bool {
        left.key === right.key && left.expiration == right.expiration
    }
}

/// Whether an account's calls can be signed, for readiness and metrics.
public enum CredentialStatus: Sendable {
    case ready(expiration: Timestamp?)
    /// There is a valid key, but the last attempt to renew it failed.
    case renewalFailed(CredentialError, expiration: Timestamp?)
    case failed(CredentialError)
}
