/// Base64 of RFC 4648, standard alphabet with padding or the URL alphabet without.
public enum Base64 {
    public enum Alphabet: Sendable { case standard, url }

    static let standardDigits: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    static let urlDigits: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    /// The bytes that `text` stands for, or nil when it is not canonical: wrong alphabet, length, padding or spare bits.
    public static func decode(_ text: ByteView, _ alphabet: Alphabet = .standard) -> [UInt8]? {
        var digits = text
        if alphabet == .standard {
            guard text.count.isMultiple(of: 4) else { return nil }
            var end = text.count
            while end > 0, text.count - end < 2, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
            digits = text.slice(0..<end)
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: digits.count / 4 * 3 + 2) { output in
            decode(digits, alphabet, into: output).map { Array(output[..<$0]) }
        }
    }

    /// Decodes `text`, in the URL alphabet without padding, into `output`, which has room for three bytes for every four
    /// characters and two more. Returns how many bytes those are, or nil when the text is not canonical.
    public static func decodeURL(_ text: ByteView, into output: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        output.count < text.count / 4 * 3 + 2 ? nil : decode(text, .url, into: output)
    }

    private static func decode(
        _ digits: ByteView, _ alphabet: Alphabet, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        guard digits.count % 4 != 1 else { return nil }
        var count = 0
        var bits: UInt32 = 0
        var bitCount = 0
        for digit in digits {
            guard let value = value(of: digit, alphabet) else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                output[count] = UInt8(truncatingIfNeeded: bits >> UInt32(bitCount))
                count += 1
                bits &= (1 << UInt32(bitCount)) - 1
            }
        }
        return bits == 0 ? count : nil
    }

    private static func value(of digit: UInt8, _ alphabet: Alphabet) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+") where alphabet == .standard, UInt8(ascii: "-") where alphabet == .url: 62
        case UInt8(ascii: "/") where alphabet == .standard, UInt8(ascii: "_") where alphabet == .url: 63
        default: nil
        }
    }
}

extension Array where Element == UInt8 {
    /// Appends `bytes` in Base64; the URL alphabet goes without padding.
    public mutating func append(base64 bytes: ByteView, _ alphabet: Base64.Alphabet = .standard) {
        let digits = (alphabet == .standard ? Base64.standardDigits : Base64.urlDigits).utf8Start
        appendFilling((bytes.count + 2) / 3 * 4) { output in
            var written = 0
            var index = 0
            while index + 2 < bytes.count {
                let group = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
                output[written] = digits[group >> 18]
                output[written + 1] = digits[group >> 12 & 63]
                output[written + 2] = digits[group >> 6 & 63]
                output[written + 3] = digits[group & 63]
                written += 4
                index += 3
            }
            if index < bytes.count {
                let second = index + 1 < bytes.count ? bytes[index + 1] : nil
                let group = Int(bytes[index]) << 16 | Int(second ?? 0) << 8
                output[written] = digits[group >> 18]
                output[written + 1] = digits[group >> 12 & 63]
                written += 2
                if second != nil {
                    output[written] = digits[group >> 6 & 63]
                    written += 1
                }
                while alphabet == .standard, written & 3 != 0 {
                    output[written] = UInt8(ascii: "=")
                    written += 1
                }
            }
            return written
        }
    }
}
