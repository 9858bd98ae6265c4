extension UnsafeBufferPointer where Element == UInt8 {
    /// The length in bytes of the well-formed UTF-8 sequence at `offset`, or 0 when there is none
    /// (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
    @inlinable
    public func utf8SequenceLength(at offset: Int) -> Int {
        guard offset >= 0, offset < count else { return 0 }
        let first = self[offset]
        if first < 0x80 { return 1 }
        let length: Int
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, lowest) = (3, 0xA0)
        case 0xED: (length, highest) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, lowest) = (4, 0x90)
        case 0xF4: (length, highest) = (4, 0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard offset + length <= count, self[offset + 1] >= lowest, self[offset + 1] <= highest else { return 0 }
        var index = offset + 2
        while index < offset + length {
            if self[index] & 0xC0 != 0x80 { return 0 }
            index += 1
        }
        return length
    }

    /// Whether all bytes are well-formed UTF-8.
    public var isValidUTF8: Bool {
        var index = 0
        while index < count {
            if self[index] < 0x80 {
                index += 1
                continue
            }
            let length = utf8SequenceLength(at: index)
            if length == 0 { return false }
            index += length
        }
        return true
    }

    /// The number of Unicode scalars, every byte that does not continue a sequence counted as one.
    public var scalarCount: Int {
        var total = 0
        for byte in self where byte & 0xC0 != 0x80 { total += 1 }
        return total
    }
}
