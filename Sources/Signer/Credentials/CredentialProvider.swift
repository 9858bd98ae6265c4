import Bytes

/// Gives the key that an account's calls are signed with. A provider renews its key by itself and ahead of need.
public protocol CredentialProvider: Sendable {
    /// The source as messages name it, such as `environment` or a file's path. No secret.
    var source: String { get }

    /// The key to sign with now. Never waits: a provider whose key is being renewed gives the old one while that is
    /// valid.
    func current() throws(CredentialError) -> Credentials

    /// Takes note that the cloud did not accept `key`, so that it is renewed soon.
    func reject(_ key: AccessKey)

    var status: CredentialStatus { get }
}

extension CredentialProvider {
    public func reject(_ key: AccessKey) {}

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
