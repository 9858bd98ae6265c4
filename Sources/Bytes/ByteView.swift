/// A borrowed, read-only view of bytes. Whoever hands one out says how long it stays valid; nobody stores one beyond that.
public typealias ByteView = UnsafeBufferPointer<UInt8>

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension UnsafeBufferPointer where Element == UInt8 {
    /// A view of no bytes.
    public static var empty: ByteView { ByteView(start: nil, count: 0) }

    /// The bytes of `range`, clamped to this view.
    @inlinable
    public func slice(_ range: Range<Int>) -> ByteView {
        let lower = Swift.max(0, Swift.min(range.lowerBound, count))
        let upper = Swift.max(lower, Swift.min(range.upperBound, count))
        guard let base = baseAddress else { return .empty }
        return ByteView(start: base + lower, count: upper - lower)
    }

    /// Whether the bytes are exactly those of `text`.
    @inlinable
    public func equals(_ text: StaticString) -> Bool {
        equals(text.view)
    }

    /// Whether both views hold the same bytes.
    @inlinable
    public func equals(_ other: ByteView) -> Bool {
        guard count == other.count else { return false }
        guard let left = baseAddress, let right = other.baseAddress else { return true }
        return memcmp(left, right, count) == 0
    }

    /// Whether the bytes are those of `text`, ASCII letters compared without case. `text` is given in lower case.
    @inlinable
    public func equalsIgnoringCase(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where self[index].asciiLowercased != text.utf8Start[index] { return false }
        return true
    }

    /// Whether the view begins with the bytes of `text`.
    @inlinable
    public func hasPrefix(_ text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && slice(0..<text.utf8CodeUnitCount).equals(text.view)
    }

    /// The offset of the first `byte` at or after `start`, or nil.
    @inlinable
    public func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
        guard let base = baseAddress, start >= 0, start < count,
            let found = memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// The view without ASCII blanks and tabs at both ends.
    @inlinable
    public var trimmed: ByteView {
        var lower = 0
        var upper = count
        while lower < upper, self[lower] == UInt8(ascii: " ") || self[lower] == 9 { lower += 1 }
        while upper > lower, self[upper - 1] == UInt8(ascii: " ") || self[upper - 1] == 9 { upper -= 1 }
        return slice(lower..<upper)
    }

    /// A copy as text; bytes that are no UTF-8 become U+FFFD.
    public var text: String { String(decoding: self, as: UTF8.self) }
}

extension UInt8 {
    /// The byte with an ASCII capital turned into its small letter.
    @inlinable
    public var asciiLowercased: UInt8 {
        self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
    }

    /// Whether the byte is an ASCII digit.
    @inlinable
    public var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// Whether the byte is an ASCII letter.
    @inlinable
    public var isASCIILetter: Bool {
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    /// The value of a hexadecimal digit of either case, or nil.
    @inlinable
    public var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Array where Element == UInt8 {
    /// Calls `body` with a view of the array's bytes, valid during the call only.
    @inlinable
    public func withView<Result, Failure: Error>(
        _ body: (ByteView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeBufferPointer(body)
    }
}

extension StaticString {
    /// The text's bytes; they live as long as the process.
    @inlinable
    public var view: ByteView { ByteView(start: utf8Start, count: utf8CodeUnitCount) }
}
