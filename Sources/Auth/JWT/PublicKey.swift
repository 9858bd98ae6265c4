import Bytes
import CSystem

/// A public key that checks signatures of one algorithm.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: the key behind the pointer is never changed, and OpenSSL lets any
/// number of threads verify with it at once.
public final class PublicKey: @unchecked Sendable {
    public let algorithm: JWTAlgorithm
    private let pointer: OpaquePointer

    /// Nil unless modulus and exponent, big-endian, make a key of 2,048 to 8,192 bits.
    public init?(rsaModulus modulus: [UInt8], exponent: [UInt8]) {
        guard let pointer = csystem_rsa_public_key(modulus, modulus.count, exponent, exponent.count) else { return nil }
        self.pointer = pointer
        algorithm = .rs256
    }

    /// Nil unless the coordinates, 32 bytes each, are a point on the curve.
    public init?(p256X x: [UInt8], y: [UInt8]) {
        guard x.count == 32, y.count == 32, let pointer = csystem_p256_public_key(x, y) else { return nil }
        self.pointer = pointer
        algorithm = .es256
    }

    /// Nil unless there are 32 bytes.
    public init?(ed25519 x: [UInt8]) {
        guard x.count == 32, let pointer = csystem_ed25519_public_key(x) else { return nil }
        self.pointer = pointer
        algorithm = .edDSA
    }

    deinit { csystem_public_key_release(pointer) }

    /// Whether `signature` is this key's for `message`.
    public func verifies(_ signature: ByteView, of message: ByteView) -> Bool {
        let check =
            switch algorithm {
            case .rs256: csystem_verify_rs256
            case .es256: csystem_verify_es256
            case .edDSA: csystem_verify_ed25519
            }
        return check(pointer, message.baseAddress, message.count, signature.baseAddress, signature.count) == 1
    }
}
