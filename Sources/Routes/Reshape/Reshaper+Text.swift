import Bytes

/// Strings and names, sixteen bytes at a time.
extension Reshaper {
    /// Reads the string whose opening quote is the next byte. Returns the place of its text.
    @inline(__always)
    mutating func string() throws(ReshapeError) -> Range<Int> {
        let first = offset &+ 1
        var index = first
        while true {
            index = nextSpecial(index, orDot: false)
            guard index < count else { throw error(.unexpectedEnd, at: index) }
            if start[index] == UInt8(ascii: "\"") { break }
            index = try Self.endOfSpecial(input, at: index)
        }
        offset = index &+ 1
        return Range(uncheckedBounds: (first, index))
    }

    /// Reads a member's name.
    @inline(__always)
    mutating func name() throws(ReshapeError) -> Name {
        guard try peek() == UInt8(ascii: "\"") else { throw error(.unexpectedByte, at: offset) }
        let first = offset &+ 1
        var index = first
        var hasDot = false
        while true {
            index = nextSpecial(index, orDot: true)
            guard index < count else { throw error(.unexpectedEnd, at: index) }
            let byte = start[index]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: ".") {
                hasDot = true
                index &+= 1
            } else {
                index = try Self.endOfSpecial(input, at: index)
            }
        }
        offset = index &+ 1
        return Name(range: Range(uncheckedBounds: (first, index)), hasDot: hasDot)
    }

    /// Reads the colon behind a name.
    @inline(__always)
    mutating func colon() throws(ReshapeError) {
        guard try peek() == UInt8(ascii: ":") else { throw error(.unexpectedByte, at: offset) }
        offset &+= 1
    }

    /// The offset of the first byte at or behind `first` that does not stand for itself in a string: a quote, a
    /// backslash, a control character, or one of a longer UTF-8 sequence, or (`orDot`) a full stop; the end of the
    /// input when there is none.
    @inline(__always)
    private func nextSpecial(_ first: Int, orDot: Bool) -> Int {
        var index = first
        let raw = UnsafeRawPointer(start)
        // Vectors of one value: comparisons with a scalar compile to loops over the lanes.
        let blank = SIMD16<Int8>(repeating: 0x20)
        let quote = SIMD16<UInt8>(repeating: UInt8(ascii: "\""))
        let backslash = SIMD16<UInt8>(repeating: UInt8(ascii: "\\"))
        let dot = SIMD16<UInt8>(repeating: UInt8(ascii: "."))
        let four = SIMD8<UInt16>(repeating: 4)
        while index &+ 16 <= count {
            let bytes = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
            // As signed numbers, control characters and bytes from 0x80 on are the ones below a blank.
            var special = unsafeBitCast(bytes, to: SIMD16<Int8>.self) .< blank .| bytes .== quote .| bytes .== backslash
            if orDot { special .|= bytes .== dot }
            // Four bits a byte, the lowest for the first.
            let pairs = unsafeBitCast(special, to: SIMD8<UInt16>.self) &>> four
            let bits = UInt64(littleEndian: unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: pairs), to: UInt64.self))
            if bits != 0 { return index &+ bits.trailingZeroBitCount &>> 2 }
            index &+= 16
        }
        while index < count {
            let byte = start[index]
            let isSpecial = byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            if isSpecial || (orDot && byte == UInt8(ascii: ".")) { return index }
            index &+= 1
        }
        return index
    }

    /// The offset behind the escape or the UTF-8 sequences at `start`, where no other byte stands for itself.
    private static func endOfSpecial(_ input: ByteView, at start: Int) throws(ReshapeError) -> Int {
        if input[start] == UInt8(ascii: "\\") {
            do throws(JSONError) {
                return try JSONScanner.endOfEscape(input, at: start)
            } catch {
                throw .malformed(error)
            }
        }
        guard input[start] >= 0x80 else { throw .malformed(JSONError(.controlCharacter, at: start)) }
        var index = start
        while index < input.count, input[index] >= 0x80 {
            let length = input.utf8SequenceLength(at: index)
            guard length > 0 else { throw .malformed(JSONError(.invalidUTF8, at: index)) }
            index += length
        }
        return index
    }

    /// The text at `range` with its escapes undone.
    func text(_ range: Range<Int>) -> [UInt8] {
        var output: [UInt8] = []
        let isEscaped = input.slice(range).contains(UInt8(ascii: "\\"))
        JSONText.append(JSONScanner.Text(range: range, isEscaped: isEscaped), of: input, to: &output)
        return output
    }
}
