import Bytes

/// Where keys come from: a file, a service, a command. It is asked again whenever a key is to be renewed.
public protocol CredentialSource: Sendable {
    /// The source as messages name it. No secret.
    var name: String { get }

    /// Whether it depends on nothing but this machine's files and environment, so that trying again soon is of no use.
    var isLocal: Bool { get }

    /// Gets a key. One call at a time is made.
    func load() async throws(CredentialError) -> Credentials

    /// Whether what was loaded last is out of date, though not expired: its file has changed. Cheap, and never waits.
    var isOutdated: Bool { get }
}

extension CredentialSource {
    public var isOutdated: Bool { false }
}

/// The key of a provider that somebody else renews, such as the account's own key when a role is assumed for a caller.
public struct ProviderSource: CredentialSource {
    private let provider: any CredentialProvider

    public init(_ provider: any CredentialProvider) {
        self.provider = provider
    }

    public var name: String { provider.source }
    public var isLocal: Bool { true }
    public func load() throws(CredentialError) -> Credentials { try provider.current() }
}
