import Bytes
import CSystem

/// The SHA-256 of an API token, which is all that is stored of one. Written `sha256:` and 64 hexadecimal digits.
public struct TokenHash: Hashable, Sendable {
    /// The digest's bytes in order, eight to a word.
    let words: (UInt64, UInt64, UInt64, UInt64)

    /// Hashes the bytes of a token.
    public init(of token: ByteView) {
        var state = csystem_hash()
        var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &digest) { digest in
            csystem_sha256_begin(&state)
            csystem_sha256_update(&state, token.baseAddress, token.count)
            csystem_sha256_end(&state, digest.baseAddress?.assumingMemoryBound(to: UInt8.self))
            // The state holds the token's last block.
            csystem_cleanse(&state, MemoryLayout<csystem_hash>.size)
        }
        words = digest
    }

    /// Reads the written form; hexadecimal digits of either case.
    /// - Throws: why `text` is none. The fault does not repeat the text, which might be a token put there by mistake.
    public init(parsing text: ByteView) throws(TokenHashFault) {
        guard text.hasPrefix("sha256:") else { throw TokenHashFault(found: "no `sha256:` in front") }
        let digits = text.slice(7..<text.count)
        guard digits.count == 64 else { throw TokenHashFault(found: "\(digits.count) characters after `sha256:`") }
        var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let isComplete = withUnsafeMutableBytes(of: &digest) { digest in
            for index in digest.indices {
                guard let high = digits[index * 2].hexDigitValue, let low = digits[index * 2 + 1].hexDigitValue else {
                    return false
                }
                digest[index] = high << 4 | low
            }
            return true
        }
        guard isComplete else { throw TokenHashFault(found: "a character that is no hexadecimal digit") }
        words = digest
    }

    /// Takes the same time wherever the digests differ.
    public static func == (left: TokenHash, right: TokenHash) -> Bool {
        (left.words.0 ^ right.words.0) | (left.words.1 ^ right.words.1) | (left.words.2 ^ right.words.2)
            | (left.words.3 ^ right.words.3) == 0
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension TokenHash: CustomStringConvertible {
    /// `sha256:` and 64 hexadecimal digits.
    public var description: String {
        var output: [UInt8] = []
        output.append("sha256:")
        withUnsafeBytes(of: words) { output.append(hex: $0) }
        return String(decoding: output, as: UTF8.self)
    }
}

/// Why a text is no token hash.
public struct TokenHashFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was found instead, without the text itself.
    public let found: String

    public var description: String { "found \(found); allowed: `sha256:` and 64 hexadecimal digits" }
}
