import Bytes
import CSystem

/// Seals texts that go out and come back, so that nobody else can read, make or change one: AES-256-GCM under a key that is
/// drawn at random, lives in locked memory, and goes with the process.
///
/// Why `@unchecked Sendable` is sound: the key's memory is written by `init` alone and read ever after.
public final class Sealer: @unchecked Sendable {
    private static let nonceSize = Int(csystem_aead_nonce_size)
    private static let tagSize = Int(csystem_aead_tag_size)

    private let key: SecretBytes

    public init() {
        var bytes = [UInt8](repeating: 0, count: Int(csystem_aead_key_size))
        bytes.withUnsafeMutableBytes { SystemRandom.fill($0) }
        key = SecretBytes(erasing: &bytes)
    }

    /// `text` encrypted, with a fresh nonce in front. It opens only together with the same `bound` bytes.
    public func seal(_ text: ByteView, bound: ByteView) -> [UInt8] {
        let size = Self.nonceSize + text.count + Self.tagSize
        return [UInt8](unsafeUninitializedCapacity: size) { output, count in
            // SAFETY: the nonce, the text and the tag fill exactly the capacity asked for.
            guard let base = output.baseAddress else { return }
            SystemRandom.fill(UnsafeMutableRawBufferPointer(start: base, count: Self.nonceSize))
            let isSealed = key.withBytes { key in
                csystem_aead_seal(
                    key.baseAddress, base, bound.baseAddress, bound.count, text.baseAddress, text.count,
                    base + Self.nonceSize)
            }
            count = isSealed == 1 ? size : 0
        }
    }

    /// The text in what ``seal(_:bound:)`` made with the same `bound` bytes; nil for everything else.
    public func open(_ sealed: ByteView, bound: ByteView) -> [UInt8]? {
        let size = sealed.count - Self.nonceSize - Self.tagSize
        guard size >= 0, let base = sealed.baseAddress else { return nil }
        var isOpen = false
        let text = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            // SAFETY: an empty array may have no memory; OpenSSL writes no byte then, but wants a place.
            var nowhere: UInt8 = 0
            isOpen = withUnsafeMutablePointer(to: &nowhere) { nowhere in
                key.withBytes { key in
                    csystem_aead_open(
                        key.baseAddress, base, bound.baseAddress, bound.count, base + Self.nonceSize,
                        sealed.count - Self.nonceSize, output.baseAddress ?? nowhere) == 1
                }
            }
            count = isOpen ? size : 0
        }
        return isOpen ? text : nil
    }
}
