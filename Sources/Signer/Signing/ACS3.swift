import Bytes
import CSystem

/// What signing and verifying ACS3-HMAC-SHA256 have in common.
enum ACS3 {
    /// The name of the signature in Authorization and in the string to sign.
    static let algorithm: StaticString = "ACS3-HMAC-SHA256"

    /// The SHA-256 of no bytes, which is the body of most requests.
    static let emptyHash: StaticString = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// Appends the SHA-256 of `bytes` in lower-case hexadecimal digits.
    static func append(hashOf bytes: ByteView, to output: inout [UInt8]) {
        if bytes.isEmpty { return output.append(emptyHash) }
        let digest = AuthenticationCode(count: 32) { csystem_sha256(bytes.baseAddress, bytes.count, $0) }
        digest.withBytes { output.append(hex: $0) }
    }

    /// The signature of a canonical request: the HMAC of the algorithm's name, a line feed and the request's hash.
    /// `scratch` is overwritten.
    static func authenticationCode(
        of canonicalRequest: [UInt8], with key: AccessKey, scratch: inout [UInt8]
    ) -> AuthenticationCode {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(algorithm)
        scratch.append(UInt8(ascii: "\n"))
        canonicalRequest.withView { append(hashOf: $0, to: &scratch) }
        return scratch.withView { key.authenticationCode(of: $0, .acs3) }
    }
}

extension Array where Element == UInt8 {
    /// Appends `name=value&name=value…`, percent-encoded.
    mutating func append(encoded parameters: WireParameters) {
        parameters.forEach { name, value in
            append(percentEncoded: name)
            append(UInt8(ascii: "="))
            append(percentEncoded: value)
            append(UInt8(ascii: "&"))
        }
        if !parameters.isEmpty { removeLast() }
    }
}
