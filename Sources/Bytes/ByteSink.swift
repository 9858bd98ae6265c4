/// `[UInt8]` is the output sink everywhere: reuse one buffer, and appending allocates only while it grows.
extension Array where Element == UInt8 {
    /// Appends the bytes of `text` without making a `String`.
    @inlinable
    public mutating func append(_ text: StaticString) {
        append(contentsOf: text.view)
    }

    /// Appends the UTF-8 of `text`.
    @inlinable
    public mutating func append(text: String) {
        append(contentsOf: text.utf8)
    }

    /// Appends a view's bytes.
    @inlinable
    public mutating func append(_ view: ByteView) {
        append(contentsOf: view)
    }

    /// Appends the decimal digits of `value`, with a sign when negative.
    public mutating func append(decimal value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(decimal: UInt64(value.magnitude))
    }

    /// Appends the decimal digits of `value`.
    public mutating func append(decimal value: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = value
            var start = 20
            repeat {
                start -= 1
                digits[start] = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
                rest /= 10
            } while rest > 0
            append(contentsOf: digits[start..<20])
        }
    }

    /// Appends `value` in decimal, padded with zeros to at least `width` digits.
    public mutating func append(decimal value: Int, width: Int) {
        var power = 1
        for _ in 1..<Swift.max(1, Swift.min(width, 18)) { power *= 10 }
        var pad = power
        while pad > 1, value >= 0, value < pad {
            append(UInt8(ascii: "0"))
            pad /= 10
        }
        append(decimal: value)
    }

    /// Appends `bytes` as lower-case hexadecimal digits, two for each byte.
    public mutating func append(hex bytes: ByteView) {
        appendFilling(2 * bytes.count) { output in
            for index in 0..<bytes.count {
                output[2 * index] = Self.lowerHexDigit(bytes[index] >> 4)
                output[2 * index + 1] = Self.lowerHexDigit(bytes[index] & 15)
            }
            return 2 * bytes.count
        }
    }

    /// Appends `bytes` as lower-case hexadecimal digits, two for each byte.
    public mutating func append(hex bytes: some Sequence<UInt8>) {
        for byte in bytes {
            append(Self.lowerHexDigit(byte >> 4))
            append(Self.lowerHexDigit(byte & 15))
        }
    }

    /// Appends `value` as sixteen lower-case hexadecimal digits.
    public mutating func append(hex value: UInt64) {
        appendFilling(16) { output in
            for index in 0..<16 {
                output[index] = Self.lowerHexDigit(UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * index)) & 15)
            }
            return 16
        }
    }

    /// Appends what `body` writes: it gets memory for `capacity` bytes, writes from its start, and returns how many it wrote.
    ///
    /// Byte by byte, this is several times as fast as `append`. `body` must not write beyond `capacity`.
    @inlinable
    @inline(__always)
    public mutating func appendFilling(_ capacity: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        append(addingCapacity: capacity) { span in
            span.withUnsafeMutableBufferPointer { memory, count in
                if let base = memory.baseAddress { count = body(base) }
            }
        }
    }

    @inline(__always)
    static func lowerHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    @inline(__always)
    static func upperHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
