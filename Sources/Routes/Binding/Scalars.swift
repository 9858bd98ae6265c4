import Bytes

/// Numbers in their strict text form.
enum Scalars {
    /// A whole number: digits with an optional minus, no leading zero, no plus, within 64 bits; else nil.
    static func integer(_ text: ByteView) -> Int64? {
        guard !text.isEmpty else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        let first = isNegative ? 1 : 0
        guard text.count > first, text.count - first <= 19 else { return nil }
        if text[first] == UInt8(ascii: "0"), text.count > 1 { return nil }
        var value: Int64 = 0
        for index in first..<text.count {
            guard text[index].isASCIIDigit else { return nil }
            let digit = Int64(text[index] - UInt8(ascii: "0"))
            let (scaled, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = scaled.subtractingReportingOverflow(digit)
            if overflowed || carried { return nil }
            value = sum
        }
        // Counted downwards, since the negative range is the larger one.
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// A number by the grammar of JSON, finite; else nil.
    static func float(_ text: ByteView) -> Double? {
        var scanner = JSONScanner(text)
        guard let token = try? scanner.next(), case .number(let range) = token, range == 0..<text.count,
            let value = Double(text.text), value.isFinite
        else { return nil }
        return value
    }
}
