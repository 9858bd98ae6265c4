import Bytes

extension Timestamp {
    /// Reads the date of an HTTP header in the form that RFC 9110 wants sent, `Sun, 06 Nov 1994 08:49:37 GMT`;
    /// nil for everything else, the two obsolete forms and a wrong weekday included.
    public init?(httpDate text: ByteView) {
        guard text.count == 29, text.slice(3..<5).equals(", "), text[7] == UInt8(ascii: " "),
            text[11] == UInt8(ascii: " "),
            text[16] == UInt8(ascii: " "), text[19] == UInt8(ascii: ":"), text[22] == UInt8(ascii: ":"),
            text.slice(25..<29).equals(" GMT"),
            let day = Self.number(text.slice(5..<7)), let month = Self.index(of: text.slice(8..<11), in: Self.months),
            let year = Self.number(text.slice(12..<16)), let hour = Self.number(text.slice(17..<19)),
            let minute = Self.number(text.slice(20..<22)), let second = Self.number(text.slice(23..<25)),
            let weekday = Self.index(of: text.slice(0..<3), in: Self.weekdays)
        else { return nil }
        self.init(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        guard fields.weekday == weekday else { return nil }
    }

    private static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
    private static let weekdays: StaticString = "SunMonTueWedThuFriSat"

    private static func index(of word: ByteView, in words: StaticString) -> Int? {
        (0..<words.utf8CodeUnitCount / 3).first { words.view.slice($0 * 3..<$0 * 3 + 3).equals(word) }
    }

    private static func number(_ digits: ByteView) -> Int? {
        var value = 0
        for digit in digits {
            guard digit.isASCIIDigit else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
