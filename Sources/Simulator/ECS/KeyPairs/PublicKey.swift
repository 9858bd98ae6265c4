import Bytes

/// A public key as SSH writes it: `ssh-rsa AAAAB3… comment`.
struct PublicKey: Hashable, Sendable {
    /// The types that may be imported. OpenSSH adds the curve to `ecdsa`.
    private static let types: Set<String> = [
        "rsa", "dsa", "ssh-rsa", "ssh-dss", "ecdsa", "ssh-rsa-cert-v00@openssh.com", "ssh-dss-cert-v00@openssh.com",
        "ssh-rsa-cert-v01@openssh.com", "ssh-dss-cert-v01@openssh.com", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sha2-nistp384-cert-v01@openssh.com",
        "ecdsa-sha2-nistp521-cert-v01@openssh.com",
    ]

    let text: String
    /// MD5 of the key's bytes (RFC 4716) as 32 hexadecimal digits.
    let fingerprint: String

    /// Reads one line; nil when its type is unknown or its bytes are no key of a known type.
    init?(_ text: String) {
        let trimmed = text.split(whereSeparator: \.isNewline)
        guard trimmed.count == 1 else { return nil }
        let parts = trimmed[0].split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, Self.types.contains(String(parts[0])),
            let key = Array(parts[1].utf8).withView({ Base64.decode($0) }), key.count > 4
        else { return nil }
        let length = key[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= key.count - 4, Self.types.contains(String(decoding: key[4..<4 + length], as: UTF8.self)) else {
            return nil
        }
        self.text = String(trimmed[0])
        fingerprint = Self.fingerprint(key)
    }

    /// An RSA key of these numbers, most significant byte first.
    init(modulus: [UInt8], exponent: [UInt8]) {
        var key: [UInt8] = []
        // A leading 0 keeps a number with a high first bit positive (RFC 4251).
        for part in [Array("ssh-rsa".utf8), exponent, [0] + modulus] {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: part.count).bigEndian) { key += $0 }
            key += part
        }
        var line: [UInt8] = Array("ssh-rsa ".utf8)
        key.withView { line.append(base64: $0) }
        text = String(decoding: line, as: UTF8.self)
        fingerprint = Self.fingerprint(key)
    }

    private static func fingerprint(_ key: [UInt8]) -> String {
        var output: [UInt8] = []
        MD5.digest(key).withView { output.append(hex: $0) }
        return String(decoding: output, as: UTF8.self)
    }
}
