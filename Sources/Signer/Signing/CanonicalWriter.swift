import Bytes

/// Writes parameters percent-encoded into a query or form and, encoded once more, into the string to sign, in one pass.
///
/// INVARIANT: a byte of a name or value makes at most 3 bytes of query and 5 of the string to sign (`%XY`, `%25XY`), and each
/// of the two separators of a parameter 1 and 3. The memory behind the pointers was reserved for that.
struct CanonicalWriter {
    /// Where the string to sign goes on.
    var signed: UnsafeMutablePointer<UInt8>

    /// Appends `name=value&` to the query or form at `plain`, and the same encoded again to the string to sign.
    @inline(__always)
    mutating func append(_ name: ByteView, _ value: ByteView, _ plain: inout UnsafeMutablePointer<UInt8>) {
        encode(name, &plain)
        separate(by: UInt8(ascii: "="), UInt8(ascii: "3"), UInt8(ascii: "D"), &plain)
        encode(value, &plain)
        separate(by: UInt8(ascii: "&"), UInt8(ascii: "2"), UInt8(ascii: "6"), &plain)
    }

    @inline(__always)
    private mutating func encode(_ text: ByteView, _ plain: inout UnsafeMutablePointer<UInt8>) {
        for byte in text {
            if PercentCoding.isUnreserved(byte) {
                plain.pointee = byte
                plain += 1
                signed.pointee = byte
                signed += 1
            } else {
                let high = Self.digit(byte >> 4)
                let low = Self.digit(byte & 15)
                plain[0] = UInt8(ascii: "%")
                plain[1] = high
                plain[2] = low
                plain += 3
                signed[0] = UInt8(ascii: "%")
                signed[1] = UInt8(ascii: "2")
                signed[2] = UInt8(ascii: "5")
                signed[3] = high
                signed[4] = low
                signed += 5
            }
        }
    }

    @inline(__always)
    private mutating func separate(
        by separator: UInt8, _ high: UInt8, _ low: UInt8, _ plain: inout UnsafeMutablePointer<UInt8>
    ) {
        plain.pointee = separator
        plain += 1
        signed[0] = UInt8(ascii: "%")
        signed[1] = high
        signed[2] = low
        signed += 3
    }

    @inline(__always)
    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}

extension Array where Element == UInt8 {
    /// Appends what `body` writes: it gets memory for `capacity` bytes and returns how many it wrote.
    @inline(__always)
    mutating func appendFilling(_ capacity: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        append(addingCapacity: capacity) { span in
            span.withUnsafeMutableBufferPointer { memory, count in
                if let base = memory.baseAddress { count = body(base) }
            }
        }
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

extension WireParameters {
    /// Bytes of the encoded query that the parameters make, separators included.
    var encodedLength: Int {
        // Far below the limit, which is what is asked for, the worst case serves as well.
        if byteCount < CloudCall.longestQuery / 8 { return 3 * byteCount + 2 * count }
        var total = 0
        forEach { name, value in total += name.percentEncodedLength + value.percentEncodedLength + 2 }
        return total
    }
}
