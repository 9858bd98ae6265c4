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
    private let stamp = Mutex<FileStamp?>(nil)

    /// What a person was asked for, by the file's path: nobody may be there to be asked again.
    private static let told = Mutex<[String: LockedBytes]>([:])

    /// Asks for the passphrase at once when a person is to be asked.
    init(_ reference: KeyFileReference, _ context: CredentialContext) throws(CredentialError) {
        self.reference = reference
        self.context = context
        guard reference.passphrase == .prompt, Self.told.withLock({ $0[reference.path] == nil }) else { return }
        let told = try reference.passphrase.read(context)
        Self.told.withLock { $0[reference.path] = told }
    }

    var name: String { reference.path }
    var isLocal: Bool { true }
    var isOutdated: Bool { stamp.withLock { $0 != nil && $0 != FileStamp(reference.path) } }

    func load() throws(CredentialError) -> Credentials {
        // Before the file is read: a change in between is then seen later.
        stamp.withLock { $0 = FileStamp(reference.path) }
        let file = try SecretFile.read(reference.path, access: reference.access)
        let ring = try KeyFile.open(file, reference.path, try passphrase())
        guard let key = ring.key(named: reference.key) else {
            let names = ring.entries.map { "`\($0.name)`" }.joined(separator: ", ")
            throw CredentialError(reference.path, "has no key `\(reference.key)`; there is \(names.isEmpty ? "none" : names)")
        }
        return Credentials(key: key)
    }

    private func passphrase() throws(CredentialError) -> LockedBytes {
        if reference.passphrase == .prompt, let told = Self.told.withLock({ $0[reference.path] }) { return told }
        return try reference.passphrase.read(context)
    }
}
