import Bytes
import HTTP

/// Writes a line of the log into memory that is known to be large enough.
///
/// SAFETY: nothing is checked here. Whoever makes a cursor gives it room for all that is written through it, an escaped text
/// counted as ``longestEscape`` bytes for each of its own.
struct LineCursor {
    /// Bytes that one byte of a text takes at most when it is escaped, as `\u001b`.
    static let longestEscape = 6
    /// Digits of the longest number.
    static let longestNumber = 20
    /// Bytes of the longest address, an IPv6 address of eight groups.
    static let longestAddress = 45

    private(set) var position: UnsafeMutablePointer<UInt8>

    init(_ start: UnsafeMutablePointer<UInt8>) {
        position = start
    }

    @inline(__always)
    mutating func write(_ text: StaticString) {
        position.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        position += text.utf8CodeUnitCount
    }

    @inline(__always)
    mutating func write(_ byte: UInt8) {
        position.pointee = byte
        position += 1
    }

    /// Writes bytes as they are.
    mutating func write(_ bytes: ByteView) {
        guard let base = bytes.baseAddress else { return }
        position.update(from: base, count: bytes.count)
        position += bytes.count
    }

    /// Writes a text for the inside of a JSON string. Nearly all need no escape, which eight bytes at a time are asked for.
    mutating func write(escaped text: ByteView) {
        guard let base = text.baseAddress else { return }
        let source = UnsafeRawPointer(base)
        var index = 0
        while index < text.count {
            let word: UInt64
            if text.count >= 8 {
                // The last word overlaps the one before.
                word = source.loadUnaligned(fromByteOffset: min(index, text.count - 8), as: UInt64.self)
                index += 8
            } else {
                // Blanks fill the word.
                word = UInt64(base[index]) | 0x2020_2020_2020_2000
                index += 1
            }
            guard Self.isPlain(word) else { return writeSlowly(escaped: text) }
        }
        write(text)
    }

    /// Whether each of the eight bytes is printable ASCII and neither a quotation mark nor a backslash. A borrow or carry
    /// comes only from a byte that is not, so that it changes nothing about the answer.
    @inline(__always)
    private static func isPlain(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let belowBlank = word &- ones &* 0x20
        let aboveTilde = word &+ ones
        let quotes = (word ^ ones &* 0x22) &- ones
        let backslashes = (word ^ ones &* 0x5C) &- ones
        return (word | belowBlank | aboveTilde | quotes | backslashes) & highs == 0
    }

    private mutating func writeSlowly(escaped text: ByteView) {
        var escaped: [UInt8] = []
        escaped.append(logContent: text)
        escaped.withView { write($0) }
    }

    /// Writes `,"name":"value"`, nothing when the value is nil. `name` is given with everything around it.
    @inline(__always)
    mutating func write(_ name: StaticString, _ value: String?) {
        guard var value else { return }
        write(name)
        value.withUTF8 { write(escaped: $0) }
        write(UInt8(ascii: "\""))
    }

    mutating func write(decimal value: UInt64) {
        var length = 1
        var rest = value
        while rest >= 10 {
            rest /= 10
            length += 1
        }
        write(decimal: value, width: length)
    }

    /// Writes the last `width` digits of `value`.
    @inline(__always)
    mutating func write(decimal value: UInt64, width: Int) {
        var rest = value
        var index = width
        while index > 0 {
            index -= 1
            position[index] = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
            rest /= 10
        }
        position += width
    }

    /// Writes milliseconds with three decimals.
    mutating func write(milliseconds nanoseconds: UInt64) {
        write(decimal: nanoseconds / 1_000_000)
        write(UInt8(ascii: "."))
        write(decimal: nanoseconds / 1000 % 1000, width: 3)
    }

    /// Writes the peer's address without its port, or `uid=1000`.
    mutating func write(_ peer: Peer) {
        switch peer {
        case .ip(let address, _) where address.isIPv4:
            var shift: UInt64 = 24
            while shift > 0 {
                write(decimal: address.low >> shift & 0xFF)
                write(UInt8(ascii: "."))
                shift -= 8
            }
            write(decimal: address.low & 0xFF)
        case .ip(let address, _):
            var text = address.description
            text.withUTF8 { write($0) }
        case .unix(let uid, _, _):
            write("uid=")
            write(decimal: UInt64(uid))
        }
    }
}
