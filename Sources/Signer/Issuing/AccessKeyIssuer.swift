import Bytes
import CSystem

/// Issues access keys of the gateway's own, worthless at the cloud. Their secrets are kept nowhere: each is derived from its
/// id by a master secret, the same one again whenever it is asked for.
public final class AccessKeyIssuer: Sendable {
    /// Bytes that a master secret has at least.
    public static let leastMaster = 32
    /// What ids begin with, so that nobody takes them for the cloud's.
    public static let prefix = "GWAK"

    private let master: AccessKey

    /// Reads the master secret from a file that only its owner may read: any text of one line.
    public init(masterFile path: String) throws(CredentialError) {
        let file = try SecretFile.read(path)
        file.content.trimLineEnd()
        guard file.content.count >= Self.leastMaster else {
            throw CredentialError(path, "holds less than \(Self.leastMaster) characters; `gateway access-key init` makes one")
        }
        master = AccessKey(id: [], secret: file.content.withView { SecretBytes(copying: $0) })
    }

    /// A new id: the prefix and 16 random letters and digits.
    public static func makeID() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var generator = SystemRandomNumberGenerator()
        let letters = (0..<16).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }
        return prefix + String(decoding: letters, as: UTF8.self)
    }

    /// A new master secret as text: 64 hexadecimal digits, in memory that is cleared.
    public static func makeMaster() -> SecretBytes {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for _ in 0..<4 { text.append(hex: SystemRandom.bits64()) }
        return SecretBytes(erasing: &text)
    }

    /// The key with this id.
    public func key(_ id: String) -> AccessKey {
        AccessKey(id: Array(id.utf8), secret: secret(of: id))
    }

    /// The secret of the key with this id, 43 letters, digits, `-` and `_`.
    public func secret(of id: String) -> SecretBytes {
        // The keyed state for ACS3 is the HMAC-SHA256 with the master alone.
        let code = Array("acs-gateway access key 1\n\(id)".utf8).withView { master.authenticationCode(of: $0, .acs3) }
        var text: [UInt8] = []
        text.reserveCapacity(48)
        code.withBytes { text.append(base64: $0, .url) }
        return SecretBytes(erasing: &text)
    }
}
