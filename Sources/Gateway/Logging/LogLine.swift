import Bytes

/// What lines of the log are made of.
extension Array where Element == UInt8 {
    /// Appends `text` for the inside of a JSON string, without quotes. Beyond what JSON asks for, the control characters
    /// U+0080 to U+009F are escaped: some terminals obey them.
    mutating func append(logContent text: ByteView) {
        var start = 0
        var from = 0
        while let lead = text.firstOffset(of: 0xC2, from: from) {
            from = lead + 1
            guard from < text.count, text[from] >= 0x80, text[from] < 0xA0 else { continue }
            append(jsonContent: text.slice(start..<lead))
            append("\\u00")
            append(hex: CollectionOfOne(text[from]))
            start = lead + 2
            from = start
        }
        append(jsonContent: text.slice(start..<text.count))
    }

    /// Appends `text` for the inside of a JSON string, without quotes.
    mutating func append(logContent text: String) {
        var text = text
        text.withUTF8 { append(logContent: $0) }
    }

    /// Appends `,"name":"value"`. `name` needs no escape.
    mutating func append(logMember name: StaticString, _ value: String) {
        append(",\"")
        append(name)
        append("\":\"")
        append(logContent: value)
        append(UInt8(ascii: "\""))
    }

    /// Appends milliseconds with three decimals.
    mutating func append(milliseconds nanoseconds: UInt64) {
        append(decimal: nanoseconds / 1_000_000)
        append(UInt8(ascii: "."))
        append(decimal: Int(nanoseconds / 1000 % 1000), width: 3)
    }
}
