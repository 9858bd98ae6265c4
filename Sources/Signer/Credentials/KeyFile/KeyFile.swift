import Bytes
import CSystem

/// The gateway's own file of access keys: a ``KeyRing`` under AES-256-GCM, by a key that scrypt derives from a passphrase.
/// ``KeyFileHeader`` has the format.
public enum KeyFile {
    /// Bytes of the shortest passphrase that a new file takes.
    public static let shortestPassphrase = 12

    /// The keys in the file at `path`.
    public static func read(
        _ path: String, passphrase: LockedBytes, access: SecretFile.Access = .nobody
    ) throws(CredentialError) -> KeyRing {
        try open(SecretFile.read(path, access: access), path, passphrase)
    }

    static func open(_ file: SecretFile, _ path: String, _ passphrase: LockedBytes) throws(CredentialError) -> KeyRing {
        do throws(KeyRing.Fault) {
            return try file.content.withView { (bytes) throws(KeyRing.Fault) in try open(bytes, passphrase) }
        } catch {
            throw CredentialError(path, error.description)
        }
    }

    /// Why the file at `path` is none that could be opened with the right passphrase; nil when all that can be told without
    /// one is right.
    public static func fault(_ path: String, access: SecretFile.Access) -> CredentialError? {
        do throws(CredentialError) {
            let file = try SecretFile.read(path, access: access)
            do throws(KeyRing.Fault) {
                _ = try file.content.withView { (bytes) throws(KeyRing.Fault) in try KeyFileHeader(bytes) }
            } catch {
                throw CredentialError(path, error.description)
            }
            return nil
        } catch {
            return error
        }
    }

    /// Replaces the file at `path` by one with the keys that `change` makes of those in it, while nobody else does. `mayCreate`:
    /// when there is no file, one is made.
    public static func change(
        _ path: String, passphrase: LockedBytes, mayCreate: Bool,
        _ change: (KeyRing) throws(KeyRing.Fault) -> KeyRing
    ) throws(CredentialError) {
        try self.change(path, passphrase: passphrase, mayCreate: mayCreate, .standard, change)
    }

    static func change(
        _ path: String, passphrase: LockedBytes, mayCreate: Bool, _ cost: KeyFileHeader.Cost,
        _ change: (KeyRing) throws(KeyRing.Fault) -> KeyRing
    ) throws(CredentialError) {
        try AtomicFile.whileLocked(path) { () throws(CredentialError) in
            let isNew = mayCreate && FileStamp(path) == nil
            // Whoever may change the file may have given its group the right to read it.
            let ring = isNew ? KeyRing() : try read(path, passphrase: passphrase, access: .groupMayRead)
            let changed: KeyRing
            do throws(KeyRing.Fault) {
                changed = try change(ring)
            } catch {
                throw CredentialError(path, error.description)
            }
            try write(changed, to: path, passphrase: passphrase, cost)
        }
    }

    /// Writes `ring` to the file at `path` in place of what is there: whoever reads it sees the old file or the new one.
    static func write(
        _ ring: KeyRing, to path: String, passphrase: LockedBytes, _ cost: KeyFileHeader.Cost
    ) throws(CredentialError) {
        guard let sealed = seal(ring, passphrase, cost) else { throw CredentialError(path, "cannot be encrypted: no memory") }
        try AtomicFile.replace(path, with: sealed)
    }

    static func open(_ bytes: ByteView, _ passphrase: LockedBytes) throws(KeyRing.Fault) -> KeyRing {
        let header = try KeyFileHeader(bytes)
        guard let base = bytes.baseAddress, header.sealedSize >= Int(csystem_aead_tag_size) else {
            throw KeyRing.Fault("is cut off, or has something behind its end")
        }
        guard let key = derive(header, passphrase) else { throw KeyRing.Fault("cannot be opened: no memory") }
        let text = LockedBytes(capacity: header.sealedSize)
        var isOpen = false
        text.fill { room in
            isOpen = key.withBytes { key in
                // SAFETY: the text is shorter than what is sealed, for which there is room.
                csystem_aead_open(
                    key.baseAddress, header.nonce, base, KeyFileHeader.size, base + KeyFileHeader.size,
                    header.sealedSize, room.baseAddress?.assumingMemoryBound(to: UInt8.self)) == 1
            }
            return isOpen ? header.sealedSize - Int(csystem_aead_tag_size) : 0
        }
        guard isOpen else { throw KeyRing.Fault("does not open: the passphrase is another one, or the file was changed") }
        return try KeyRing(text)
    }

    static func seal(_ ring: KeyRing, _ passphrase: LockedBytes, _ cost: KeyFileHeader.Cost) -> [UInt8]? {
        let size = ring.text.count + Int(csystem_aead_tag_size)
        let header = KeyFileHeader(cost, sealedSize: size)
        guard let key = derive(header, passphrase) else { return nil }
        var output = header.bytes
        var isSealed = false
        ring.text.withView { text in
            header.bytes.withView { bound in
                output.appendFilling(size) { room in
                    isSealed = key.withBytes { key in
                        csystem_aead_seal(
                            key.baseAddress, header.nonce, bound.baseAddress, bound.count, text.baseAddress, text.count, room)
                            == 1
                    }
                    return isSealed ? size : 0
                }
            }
        }
        return isSealed ? output : nil
    }

    private static func derive(_ header: KeyFileHeader, _ passphrase: LockedBytes) -> SecretBytes? {
        let key = LockedBytes(capacity: Int(csystem_aead_key_size))
        key.fill { room in
            let isDerived = passphrase.withView { text in
                csystem_scrypt(
                    text.baseAddress, text.count, header.salt, header.salt.count, UInt32(header.cost.log), UInt32(header.cost.r),
                    UInt32(header.cost.p), room.baseAddress?.assumingMemoryBound(to: UInt8.self), room.count)
            }
            return isDerived == 1 ? room.count : 0
        }
        guard key.count == Int(csystem_aead_key_size) else { return nil }
        return key.withView { SecretBytes(copying: $0) }
    }
}
