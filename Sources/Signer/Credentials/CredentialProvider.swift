import Bytes

/// A key and how long it lives.
public struct Credentials: Sendable {
    public let key: AccessKey
    /// When a temporary key expires; nil for a permanent one.
    public let expiration: Timestamp?

    public init(key: AccessKey, expiration: Timestamp? = nil) {
        self.key = key
        self.expiration = expiration
    }
}

/// Whether an account's calls can be signed, for readiness and metrics.
public enum CredentialStatus: Sendable {
    case ready(expiration: Timestamp?)
    /// There is a valid key, but the last attempt to renew it failed.
    case renewalFailed(CredentialError, expiration: Timestamp)
    case failed(CredentialError)
}

/// Where an account's key comes from. A provider renews its key by itself and ahead of need.
public protocol CredentialProvider: Sendable {
    /// The source as messages name it, such as `environment` or a file's path. No secret.
    var source: String { get }

    /// The key to sign with now. Never waits: a provider whose key is being renewed gives the old one while that is
    /// valid.
    func current() throws(CredentialError) -> Credentials

    var status: CredentialStatus { get }
}

extension CredentialProvider {
    public var status: CredentialStatus {
        do throws(CredentialError) {
            return .ready(expiration: try current().expiration)
        } catch {
            return .failed(error)
        }
    }
}

/// A key that the program made itself, such as that of the simulated cloud.
public struct StaticCredentials: CredentialProvider {
    public let source: String
    private let key: AccessKey

    public init(_ key: AccessKey, source: String) {
        self.key = key
        self.source = source
    }

    public func current() -> Credentials { Credentials(key: key) }
}
