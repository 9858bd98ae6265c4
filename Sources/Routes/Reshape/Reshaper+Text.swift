import Bytes

/// Strings and names, sixteen bytes at a time.
extension Reshaper {
    /// Reads the string whose opening quote is the next byte. Returns the place of its text.
    @inline(__always)
    mutating func string() throws(ReshapeError) -> Range<Int> {
        let start = offset + 1
        var index = start
        while true {
            index = nextSpecial(index, orDot: false)
            guard index < input.count else { throw error(.unexpectedEnd, at: index) }
            let byte = input[index]
            if byte == UInt8(ascii: "\"") { break }
            index = try passSpecial(byte, at: index)
        }
        offset = index + 1
        return start..<index
    }

    /// Reads a member's name.
    @inline(__always)
    mutating func name() throws(ReshapeError) -> Name {
        guard try peek() == UInt8(ascii: "\"") else { throw error(.unexpectedByte, at: offset) }
        let start = offset + 1
        var index = start
        var hasDot = false
        while true {
            index = nextSpecial(index, orDot: true)
            guard index < input.count else { throw error(.unexpectedEnd, at: index) }
            let byte = input[index]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: ".") {
                hasDot = true
                index += 1
            } else {
                index = try passSpecial(byte, at: index)
            }
        }
        offset = index + 1
        return Name(range: start..<index, hasDot: hasDot)
    }

    /// Reads the colon behind a name.
    @inline(__always)
    mutating func colon() throws(ReshapeError) {
        guard try peek() == UInt8(ascii: ":") else { throw error(.unexpectedByte, at: offset) }
        offset += 1
    }

    /// The offset of the first byte at or behind `start` that does not stand for itself in a string: a quote, a backslash, a
    /// control character, or one of a longer UTF-8 sequence, or (`orDot`) a full stop; the end of the input when there is none.
    @inline(__always)
    private func nextSpecial(_ start: Int, orDot: Bool) -> Int {
        var index = start
        let raw = UnsafeRawBufferPointer(input)
        while index + 16 <= raw.count {
            let bytes = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
            // Control characters and bytes above 0x7F are the signed numbers below 0x20.
            var special = (unsafeBitCast(bytes, to: SIMD16<Int8>.self) .< 0x20)
                .| (bytes .== UInt8(ascii: "\"")) .| (bytes .== UInt8(ascii: "\\"))
            if orDot { special = special .| (bytes .== UInt8(ascii: ".")) }
            // A mask is sixteen bytes of zeros or ones.
            let words = unsafeBitCast(special, to: SIMD2<UInt64>.self)
            if words[0] != 0 { return index + words[0].trailingZeroBitCount / 8 }
            if words[1] != 0 { return index + 8 + words[1].trailingZeroBitCount / 8 }
            index += 16
        }
        while index < input.count {
            let byte = input[index]
            let isSpecial = byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            if isSpecial || (orDot && byte == UInt8(ascii: ".")) { return index }
            index += 1
        }
        return index
    }

    /// The offset behind an escape or a UTF-8 sequence.
    private func passSpecial(_ byte: UInt8, at index: Int) throws(ReshapeError) -> Int {
        if byte == UInt8(ascii: "\\") {
            do throws(JSONError) {
                return try JSONScanner.endOfEscape(input, at: index)
            } catch {
                throw .malformed(error)
            }
        }
        guard byte >= 0x80 else { throw error(.controlCharacter, at: index) }
        let length = input.utf8SequenceLength(at: index)
        guard length > 0 else { throw error(.invalidUTF8, at: index) }
        return index + length
    }

    /// The text at `range` with its escapes undone.
    func text(_ range: Range<Int>) -> [UInt8] {
        var output: [UInt8] = []
        let isEscaped = input.slice(range).contains(UInt8(ascii: "\\"))
        JSONText.append(JSONScanner.Text(range: range, isEscaped: isEscaped), of: input, to: &output)
        return output
    }
}
