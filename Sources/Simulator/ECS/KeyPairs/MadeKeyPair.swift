import Bytes

/// A new key pair that looks like an RSA pair of 2048 bits. Its numbers are drawn, not computed: nobody can log in with it.
struct MadeKeyPair {
    private static let exponent: [UInt8] = [1, 0, 1]

    let publicKey: PublicKey
    /// PKCS #1 in PEM.
    let privateKeyBody: String

    /// The same seed gives the same pair.
    init(seed: UInt64) {
        var generator = IdentifierGenerator(seed: seed)
        let modulus = Self.number(256, &generator)
        publicKey = PublicKey(modulus: modulus, exponent: Self.exponent)
        // RFC 8017, A.1.2: version, n, e, d, p, q, d mod (p - 1), d mod (q - 1), 1/q mod p.
        let numbers = [[0], modulus, Self.exponent] + [256, 128, 128, 128, 128, 128].map { Self.number($0, &generator) }
        privateKeyBody = Self.pem(Self.element(0x30, numbers.flatMap { Self.element(0x02, Self.positive($0)) }))
    }

    /// An odd number that fills its bytes.
    private static func number(_ size: Int, _ generator: inout IdentifierGenerator) -> [UInt8] {
        var bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 32) }
        bytes[0] |= 0x80
        bytes[size - 1] |= 1
        return bytes
    }

    private static func positive(_ number: [UInt8]) -> [UInt8] {
        number[0] & 0x80 == 0 ? number : [0] + number
    }

    /// An element of the distinguished encoding rules.
    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let size = content.count
        let length: [UInt8] =
            switch size {
            case ..<0x80: [UInt8(size)]
            case ..<0x100: [0x81, UInt8(size)]
            default: [0x82, UInt8(truncatingIfNeeded: size >> 8), UInt8(truncatingIfNeeded: size)]
            }
        return [tag] + length + content
    }

    private static func pem(_ content: [UInt8]) -> String {
        var encoded: [UInt8] = []
        content.withView { encoded.append(base64: $0) }
        var output = Array("-----BEGIN RSA PRIVATE KEY-----\n".utf8)
        for start in stride(from: 0, to: encoded.count, by: 64) {
            output += encoded[start..<min(start + 64, encoded.count)]
            output.append(UInt8(ascii: "\n"))
        }
        return String(decoding: output, as: UTF8.self) + "-----END RSA PRIVATE KEY-----"
    }
}
