import Bytes
import Synchronization

/// A key of a key file.
public struct KeyFileReference: Hashable, Sendable {
    public var path: String
    /// Which key.
    public var key: String
    public var passphrase: Passphrase
    public var access: SecretFile.Access

    public init(path: String, key: String, passphrase: Passphrase, access: SecretFile.Access = .nobody) {
        self.path = path
        self.key = key
        self.passphrase = passphrase
        self.access = access
    }
}

/// The key of a ``KeyFileReference``; the file is opened anew whenever it has changed.
final class KeyFileSource: CredentialSource {
    private let reference: KeyFileReference
    private let context: CredentialContext
    private let state = Mutex(State())

    private struct State {
        var stamp: FileStamp?
        /// What a person was asked for: nobody is there to be asked again.
        var told: LockedBytes?
    }

    init(_ reference: KeyFileReference, _ context: CredentialContext) {
        self.reference = reference
        self.context = context
    }

    var name: String { reference.path }
    var isLocal: Bool { true }
    var isOutdated: Bool { state.withLock { $0.stamp != nil && $0.stamp != FileStamp(reference.path) } }

    func load() throws(CredentialError) -> Credentials {
        // Before the file is read: a change in between is then seen later.
        state.withLock { $0.stamp = FileStamp(reference.path) }
        let file = try SecretFile.read(reference.path, access: reference.access)
        let ring = try KeyFile.open(file, reference.path, try passphrase())
        guard let key = ring.key(named: reference.key) else {
            let names = ring.entries.map { "`\($0.name)`" }.joined(separator: ", ")
            throw CredentialError(reference.path, "has no key `\(reference.key)`; there is \(names.isEmpty ? "none" : names)")
        }
        return Credentials(key: key)
    }

    private func passphrase() throws(CredentialError) -> LockedBytes {
        guard reference.passphrase == .prompt else { return try reference.passphrase.read(context) }
        if let told = state.withLock({ $0.told }) { return told }
        let told = try reference.passphrase.read(context)
        state.withLock { $0.told = told }
        return told
    }
}
