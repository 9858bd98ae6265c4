/// Percent-encoding as the cloud's signatures demand it: RFC 3986, only `A-Z a-z 0-9 - _ . ~` stay, upper-case digits.
public enum PercentCoding {
    /// Whether `byte` is unreserved (RFC 3986, section 2.3) and stays as it is.
    @inlinable
    public static func isUnreserved(_ byte: UInt8) -> Bool {
        // One bit a character: branches on letter or digit would be mispredicted half the time in ids and nonces.
        let word = byte & 0x40 == 0 ? digitsAndDashes : lettersAndTilde
        return byte < 0x80 && word >> UInt64(byte & 0x3F) & 1 == 1
    }

    /// `-`, `.`, `0` to `9`
    @inlinable static var digitsAndDashes: UInt64 { 0x03FF_6000_0000_0000 }
    /// `A` to `Z`, `_`, `a` to `z`, `~`, counted from 64
    @inlinable static var lettersAndTilde: UInt64 { 0x47FF_FFFE_87FF_FFFE }

    /// Appends `input` decoded. With `plusIsSpace`, as in queries and forms, `+` becomes a blank.
    ///
    /// Returns false, with `output` as it was, when a `%` is not followed by two hexadecimal digits.
    public static func decode(_ input: ByteView, plusIsSpace: Bool, into output: inout [UInt8]) -> Bool {
        let start = output.count
        var index = 0
        while index < input.count {
            let byte = input[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < input.count,
                    let high = input[index + 1].hexDigitValue, let low = input[index + 2].hexDigitValue
                else {
                    output.removeSubrange(start...)
                    return false
                }
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return true
    }
}

extension Array where Element == UInt8 {
    /// Appends `input` percent-encoded (see ``PercentCoding``).
    public mutating func append(percentEncoded input: ByteView) {
        var run = 0
        var index = 0
        while index < input.count {
            let byte = input[index]
            if PercentCoding.isUnreserved(byte) {
                index += 1
                continue
            }
            append(input.slice(run..<index))
            append(UInt8(ascii: "%"))
            append(Self.upperHexDigit(byte >> 4))
            append(Self.upperHexDigit(byte & 15))
            index += 1
            run = index
        }
        append(input.slice(run..<index))
    }
}
