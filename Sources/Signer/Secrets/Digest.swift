import Bytes
import CSystem

/// Hashes of public bytes.
public enum Digest {
    /// The 32 bytes of the SHA-256 of `bytes`.
    public static func sha256(_ bytes: ByteView) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { output, count in
            csystem_sha256(bytes.baseAddress, bytes.count, output.baseAddress)
            count = 32
        }
    }
}
