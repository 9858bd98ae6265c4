import Bytes

/// A decimal number as digits in a borrowed text, so that comparing is exact: 10, 10.0 and 010 are equal.
struct Decimal {
    private let isNegative: Bool
    /// Digits before the point without leading zeros, and behind it without trailing ones.
    private let whole: ByteView
    private let fraction: ByteView

    /// Reads an optional sign, digits, and optionally a point and digits; nil for everything else. `text` must outlive
    /// the number.
    init?(_ text: ByteView) {
        var start = 0
        var minus = false
        if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            minus = sign == UInt8(ascii: "-")
            start = 1
        }
        let point = text.firstOffset(of: UInt8(ascii: "."), from: start)
        var whole = text.slice(start..<(point ?? text.count))
        var fraction = text.slice((point.map { $0 + 1 } ?? text.count)..<text.count)
        guard !whole.isEmpty, point == nil || !fraction.isEmpty, whole.allSatisfy(\.isASCIIDigit),
            fraction.allSatisfy(\.isASCIIDigit)
        else { return nil }
        while whole.first == UInt8(ascii: "0") { whole = whole.slice(1..<whole.count) }
        while fraction.last == UInt8(ascii: "0") { fraction = fraction.slice(0..<fraction.count - 1) }
        self.whole = whole
        self.fraction = fraction
        isNegative = minus && !(whole.isEmpty && fraction.isEmpty)
    }

    func order(to other: Decimal) -> Order {
        if isNegative != other.isNegative { return isNegative ? .less : .greater }
        let magnitude = magnitudeOrder(to: other)
        return isNegative ? magnitude.reversed : magnitude
    }

    private func magnitudeOrder(to other: Decimal) -> Order {
        if whole.count != other.whole.count { return Order(whole.count, other.whole.count) }
        let wholes = Self.lexical(whole, other.whole)
        return wholes == .equal ? Self.lexical(fraction, other.fraction) : wholes
    }

    private static func lexical(_ left: ByteView, _ right: ByteView) -> Order {
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
            return Order(left[index], right[index])
        }
        return Order(left.count, right.count)
    }
}
