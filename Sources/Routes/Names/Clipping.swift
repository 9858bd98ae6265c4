import Bytes

extension DefaultStringInterpolation {
    /// Characters of somebody's input that a message repeats at most.
    private static var longest: Int { 64 }

    /// Input as a message may repeat it: no more than 64 characters, control characters as U+FFFD.
    mutating func appendInterpolation(clipping text: String) {
        var clipped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(Self.longest) {
            clipped.append(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? "\u{FFFD}" : scalar)
        }
        let isCut = text.unicodeScalars.dropFirst(Self.longest).first != nil
        appendLiteral(String(clipped) + (isCut ? "…" : ""))
    }

    /// Bytes of input as a message may repeat them; what is no UTF-8 becomes U+FFFD.
    mutating func appendInterpolation(clipping bytes: [UInt8]) {
        bytes.withView { appendInterpolation(clipping: $0) }
    }

    /// Bytes of input as a message may repeat them; what is no UTF-8 becomes U+FFFD.
    mutating func appendInterpolation(clipping bytes: ByteView) {
        let longest = Self.longest * 4 + 4
        appendInterpolation(clipping: bytes.slice(0..<longest).text)
    }
}
