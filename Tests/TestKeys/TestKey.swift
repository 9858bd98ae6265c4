import Bytes
import CTestKeys

/// A key pair that tests sign tokens with.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: the pair is never changed.
public final class TestKey: @unchecked Sendable {
    public enum Kind: Sendable, CaseIterable {
        case rsa, shortRSA, p256, p384, ed25519
    }

    public let id: String
    public let kind: Kind
    private let pointer: UnsafeMutableRawPointer

    public init(_ id: String, _ kind: Kind) {
        self.id = id
        self.kind = kind
        let wanted =
            switch kind {
            case .rsa: test_key_rsa_2048
            case .shortRSA: test_key_rsa_1024
            case .p256: test_key_p256
            case .p384: test_key_p384
            case .ed25519: test_key_ed25519
            }
        guard let pointer = test_key_create(wanted) else { fatalError("OpenSSL makes no \(kind)") }
        self.pointer = pointer
    }

    deinit { test_key_release(pointer) }

    /// The algorithm of the signatures.
    public var algorithm: String {
        switch kind {
        case .rsa, .shortRSA: "RS256"
        case .p256: "ES256"
        case .p384: "ES384"
        case .ed25519: "EdDSA"
        }
    }

    /// A part of the public key in base64url.
    public func part(_ name: Character) -> String {
        Self.base64(filling { test_key_public(pointer, CChar(bitPattern: name.asciiValue ?? 0), $0) })
    }

    /// The public key as PEM.
    public var pem: [UInt8] { filling { test_key_pem(pointer, $0) } }

    /// The public key as a member of a JSON Web Key Set, with `more` members at its end.
    public func jwk(_ more: String = "") -> String {
        let members =
            switch kind {
            case .rsa, .shortRSA: "\"kty\":\"RSA\",\"n\":\"\(part("n"))\",\"e\":\"\(part("e"))\""
            case .p256: "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"\(part("x"))\",\"y\":\"\(part("y"))\""
            case .p384: "\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"\(part("x"))\",\"y\":\"\(part("y"))\""
            case .ed25519: "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"\(part("x"))\""
            }
        return "{\"kid\":\"\(id)\",\(members)\(more)}"
    }

    public func sign(_ message: String) -> [UInt8] {
        let message = Array(message.utf8)
        return filling { test_key_sign(pointer, message, message.count, $0) }
    }

    /// A token with this payload, under the key's own header or another one.
    public func token(_ payload: String, header: String? = nil) -> String {
        let header = header ?? "{\"alg\":\"\(algorithm)\",\"kid\":\"\(id)\",\"typ\":\"JWT\"}"
        let signed = "\(Self.base64(Array(header.utf8))).\(Self.base64(Array(payload.utf8)))"
        return "\(signed).\(Self.base64(sign(signed)))"
    }

    /// A token whose signature is an HMAC with `secret`.
    public static func token(_ payload: String, header: String, secret: [UInt8]) -> String {
        let signed = "\(base64(Array(header.utf8))).\(base64(Array(payload.utf8)))"
        let message = Array(signed.utf8)
        var mac = [UInt8](repeating: 0, count: 32)
        test_hmac_sha256(secret, secret.count, message, message.count, &mac)
        return "\(signed).\(base64(mac))"
    }

    public static func base64(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        bytes.withView { output.append(base64: $0, .url) }
        return String(decoding: output, as: UTF8.self)
    }

    private func filling(_ body: (UnsafeMutablePointer<UInt8>) -> Int) -> [UInt8] {
        Array(unsafeUninitializedCapacity: 1024) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            count = body(start)
        }
    }
}

/// A JSON Web Key Set of these members.
public func keySetText(_ keys: [String]) -> String { "{\"keys\":[\(keys.joined(separator: ",\n"))]}" }
