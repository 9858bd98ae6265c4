import Bytes
import CSystem

/// What signing and verifying ACS3-HMAC-SHA256 have in common.
enum ACS3 {
    /// The name of the signature in Authorization and in the string to sign.
    static let algorithm: StaticString = "ACS3-HMAC-SHA256"

    /// The signature of a canonical request: the HMAC of the algorithm's name, a line feed and the request's hash.
    static func authenticationCode(of canonicalRequest: [UInt8], with key: AccessKey) -> AuthenticationCode {
        var text: [UInt8] = []
        text.reserveCapacity(algorithm.utf8CodeUnitCount + 65)
        text.append(algorithm)
        text.append(UInt8(ascii: "\n"))
        text.appendSHA256(of: canonicalRequest)
        return text.withView { key.authenticationCode(of: $0, .acs3) }
    }
}

extension Array where Element == UInt8 {
    /// Appends the SHA-256 of `bytes` in lower-case hexadecimal digits.
    mutating func appendSHA256(of bytes: [UInt8]) {
        let digest = AuthenticationCode(count: 32) { digest in
            bytes.withView { csystem_sha256($0.baseAddress, $0.count, digest) }
        }
        digest.withBytes { append(hex: $0) }
    }

    /// Appends `name=value`, both percent-encoded.
    mutating func append(encodedPair name: ByteView, _ value: ByteView) {
        append(percentEncoded: name)
        append(UInt8(ascii: "="))
        append(percentEncoded: value)
    }
}
