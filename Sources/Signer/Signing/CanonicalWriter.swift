import Bytes

/// Writes parameters percent-encoded into a query or form and, encoded once more, into the string to sign, in one pass.
///
/// INVARIANT: a byte of a name or value makes at most 3 bytes of query and 5 of the string to sign (`%XY`, `%25XY`),
/// and each of the two separators of a parameter 1 and 3. Whole words are stored, of which the next ones overwrite what
/// is too much: behind that, the memory at the pointers has ``slack`` bytes more.
struct CanonicalWriter {
    /// Bytes that may be written behind the last one that counts.
    static let slack = 8

    /// Where the string to sign goes on.
    private(set) var signed: UnsafeMutablePointer<UInt8>
    private let encodings: UnsafeBufferPointer<UInt64>

    /// For each byte its form in the string to sign, lowest byte first, and in the highest byte that form's length, 1
    /// or 5.
    private static let encodings: [UInt64] = (0...UInt8.max).map { byte in
        if PercentCoding.isUnreserved(byte) { return 1 << 56 | UInt64(byte) }
        return 5 << 56 | UInt64(digit(byte & 15)) << 32 | UInt64(digit(byte >> 4)) << 24 | 0x35_32_25
    }

    /// Calls `body` with a writer whose string to sign begins at `signed`; the writer is valid during the call only.
    @inline(__always)
    static func write<Result>(
        to signed: UnsafeMutablePointer<UInt8>, _ body: (inout CanonicalWriter) -> Result
    ) -> Result {
        encodings.withUnsafeBufferPointer { table in
            var writer = CanonicalWriter(signed: signed, encodings: table)
            return body(&writer)
        }
    }

    /// Appends `name=value&` to the query or form at `plain`, and the same encoded again to the string to sign.
    @inline(__always)
    mutating func append(_ name: ByteView, _ value: ByteView, _ plain: inout UnsafeMutablePointer<UInt8>) {
        encode(name, &plain)
        separate(by: UInt8(ascii: "="), 0x44_33_25, &plain)
        encode(value, &plain)
        separate(by: UInt8(ascii: "&"), 0x36_32_25, &plain)
    }

    @inline(__always)
    private mutating func encode(_ text: ByteView, _ plain: inout UnsafeMutablePointer<UInt8>) {
        if text.count >= 8, copyUnreserved(text, plain) {
            plain += text.count
            signed += text.count
            return
        }
        var query = plain
        var again = signed
        for byte in text {
            let encoding = encodings[Int(byte)]
            UnsafeMutableRawPointer(again).storeBytes(of: encoding.littleEndian, as: UInt64.self)
            // `%25XY` without its second and third byte is `%XY`.
            let once = UInt32(truncatingIfNeeded: encoding & 0xFF | encoding >> 16 & 0xFF_FF00)
            UnsafeMutableRawPointer(query).storeBytes(of: once.littleEndian, as: UInt32.self)
            again += Int(encoding >> 56)
            query += Int(encoding >> 57) + 1
        }
        plain = query
        signed = again
    }

    /// Copies at least eight bytes to both places, if all of them are unreserved and so stay as they are.
    @inline(__always)
    private func copyUnreserved(_ text: ByteView, _ plain: UnsafeMutablePointer<UInt8>) -> Bool {
        let bytes = UnsafeRawBufferPointer(text)
        let places = (UnsafeMutableRawPointer(plain), UnsafeMutableRawPointer(signed))
        var index = 0
        while index &+ 16 < bytes.count {
            let block = bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
            if !block.isUnreserved { return false }
            places.0.storeBytes(of: block, toByteOffset: index, as: SIMD16<UInt8>.self)
            places.1.storeBytes(of: block, toByteOffset: index, as: SIMD16<UInt8>.self)
            index &+= 16
        }
        // The last sixteen bytes or fewer as two words that overlap each other, or the bytes before.
        let last = bytes.count &- 8
        index = min(index, last)
        let words = SIMD16(
            lowHalf: bytes.loadUnaligned(fromByteOffset: index, as: SIMD8<UInt8>.self),
            highHalf: bytes.loadUnaligned(fromByteOffset: last, as: SIMD8<UInt8>.self))
        if !words.isUnreserved { return false }
        places.0.storeBytes(of: words.lowHalf, toByteOffset: index, as: SIMD8<UInt8>.self)
        places.0.storeBytes(of: words.highHalf, toByteOffset: last, as: SIMD8<UInt8>.self)
        places.1.storeBytes(of: words.lowHalf, toByteOffset: index, as: SIMD8<UInt8>.self)
        places.1.storeBytes(of: words.highHalf, toByteOffset: last, as: SIMD8<UInt8>.self)
        return true
    }

    /// Appends a separator, and its encoded form of three bytes, given as a word with the lowest byte first.
    @inline(__always)
    private mutating func separate(by separator: UInt8, _ encoded: UInt32, _ plain: inout UnsafeMutablePointer<UInt8>) {
        plain.pointee = separator
        plain += 1
        UnsafeMutableRawPointer(signed).storeBytes(of: encoded.littleEndian, as: UInt32.self)
        signed += 3
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// Bytes of the percent-encoded form.
    var percentEncodedLength: Int {
        var length = count
        for byte in self where !PercentCoding.isUnreserved(byte) { length += 2 }
        return length
    }
}

extension SIMD16<UInt8> {
    /// Whether all bytes are unreserved; see ``PercentCoding/isUnreserved(_:)``.
    @inline(__always)
    fileprivate var isUnreserved: Bool {
        // Vectors of one value: comparisons with a scalar compile to loops over the lanes.
        let small = SIMD16<UInt8>(repeating: 0x20)
        let letterA = SIMD16<UInt8>(repeating: UInt8(ascii: "a"))
        let letters = SIMD16<UInt8>(repeating: 26)
        let zero = SIMD16<UInt8>(repeating: UInt8(ascii: "0"))
        let digits = SIMD16<UInt8>(repeating: 10)
        let dash = SIMD16<UInt8>(repeating: UInt8(ascii: "-"))
        let dashAndDot = SIMD16<UInt8>(repeating: 2)
        let underscore = SIMD16<UInt8>(repeating: UInt8(ascii: "_"))
        let tilde = SIMD16<UInt8>(repeating: UInt8(ascii: "~"))
        let isStaying =
            (self | small) &- letterA .< letters .| self &- zero .< digits .| self &- dash .< dashAndDot
            .| self .== underscore .| self .== tilde
        let words = unsafeBitCast(isStaying, to: SIMD2<UInt64>.self)
        return words.x & words.y == .max
    }
}

extension WireParameters {
    /// Bytes of the encoded query that the parameters make, separators included.
    var encodedLength: Int {
        var total = 0
        forEach { name, value in total += name.percentEncodedLength + value.percentEncodedLength + 2 }
        return total
    }

    /// The same at most, without looking at the bytes.
    var longestEncodedLength: Int { 3 * byteCount + 2 * count }
}
