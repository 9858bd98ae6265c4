/// The contents of JSON strings: escapes undone, and made.
public enum JSONText {
    /// Appends the text of a string token with its escapes undone. `text` came from a ``JSONScanner`` over `bytes`.
    public static func append(_ text: JSONScanner.Text, of bytes: ByteView, to output: inout [UInt8]) {
        guard text.isEscaped else { return output.append(bytes.slice(text.range)) }
        var index = text.range.lowerBound
        while index < text.range.upperBound {
            let next = bytes.firstOffset(of: UInt8(ascii: "\\"), from: index) ?? text.range.upperBound
            let end = min(next, text.range.upperBound)
            output.append(bytes.slice(index..<end))
            index = end
            if index + 1 < text.range.upperBound { index = appendEscape(bytes, at: index, to: &output) }
        }
    }

    /// The text of a string token as a `String`.
    public static func string(_ text: JSONScanner.Text, of bytes: ByteView) -> String {
        guard text.isEscaped else { return bytes.slice(text.range).text }
        var output: [UInt8] = []
        append(text, of: bytes, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The UTF-16 code unit of a `\uXXXX` at `start`, or nil when there is none.
    static func codeUnit(_ bytes: ByteView, at start: Int) -> UInt32? {
        guard start + 5 < bytes.count, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt32 = 0
        for index in start + 2..<start + 6 {
            guard let digit = bytes[index].hexDigitValue else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    /// Writes the text of a string token with its escapes undone to `output`, which has room for as many bytes as the
    /// token has; nothing is copied anywhere else. Returns how many bytes it wrote.
    public static func write(_ text: JSONScanner.Text, of bytes: ByteView, to output: UnsafeMutablePointer<UInt8>) -> Int {
        let bytes = bytes.slice(0..<text.range.upperBound)
        var index = text.range.lowerBound
        var written = 0
        while index < bytes.count {
            guard text.isEscaped, bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                output[written] = bytes[index]
                written += 1
                index += 1
                continue
            }
            let (scalar, end) = escape(bytes, at: index)
            index = end
            guard let scalar else { continue }
            for byte in scalar.utf8 {
                output[written] = byte
                written += 1
            }
        }
        return written
    }

    private static func appendEscape(_ bytes: ByteView, at start: Int, to output: inout [UInt8]) -> Int {
        let (scalar, end) = escape(bytes, at: start)
        if let scalar { output.append(contentsOf: scalar.utf8) }
        return end
    }

    /// What the escape at `start` stands for, and where it ends.
    private static func escape(_ bytes: ByteView, at start: Int) -> (scalar: Unicode.Scalar?, end: Int) {
        switch bytes[start + 1] {
        case UInt8(ascii: "b"): return ("\u{8}", start + 2)
        case UInt8(ascii: "f"): return ("\u{C}", start + 2)
        case UInt8(ascii: "n"): return ("\n", start + 2)
        case UInt8(ascii: "r"): return ("\r", start + 2)
        case UInt8(ascii: "t"): return ("\t", start + 2)
        case UInt8(ascii: "u"):
            guard var scalar = codeUnit(bytes, at: start) else { return (nil, start + 2) }
            var end = start + 6
            if scalar & 0xFC00 == 0xD800, let low = codeUnit(bytes, at: end) {
                scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
                end += 6
            }
            return (Unicode.Scalar(scalar), end)
        default: return (Unicode.Scalar(bytes[start + 1]), start + 2)
        }
    }
}

extension Array where Element == UInt8 {
    /// Appends `text` as a JSON string in quotes. Bytes that are no UTF-8 become U+FFFD, so that the output always is.
    public mutating func append(jsonString text: ByteView) {
        append(UInt8(ascii: "\""))
        append(jsonContent: text)
        append(UInt8(ascii: "\""))
    }

    /// Appends `text` as a JSON string in quotes.
    public mutating func append(jsonString text: String) {
        var text = text
        text.withUTF8 { append(jsonString: $0) }
    }

    /// Appends `text` escaped for the inside of a JSON string, without the quotes.
    public mutating func append(jsonContent text: ByteView) {
        var run = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                index += 1
                continue
            }
            let length = byte >= 0x80 ? text.utf8SequenceLength(at: index) : 0
            if length > 0 {
                index += length
                continue
            }
            append(text.slice(run..<index))
            append(jsonEscapeOf: byte)
            index += 1
            run = index
        }
        append(text.slice(run..<index))
    }

    private mutating func append(jsonEscapeOf byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 10: append("\\n")
        case 13: append("\\r")
        case 9: append("\\t")
        case 0x80...: append("\u{FFFD}")
        default:
            append("\\u00")
            append(Self.lowerHexDigit(byte >> 4))
            append(Self.lowerHexDigit(byte & 15))
        }
    }
}
