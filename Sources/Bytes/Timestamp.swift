/// An instant in whole seconds since 1970-01-01T00:00:00Z, written and read as the cloud does: `YYYY-MM-DDThh:mm:ssZ`.
public struct Timestamp: Hashable, Comparable, Sendable {
    public var secondsSinceEpoch: Int64

    public init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// The instant of a wall clock reading in nanoseconds (``SystemClock/wall``).
    public init(wallNanoseconds: UInt64) {
        secondsSinceEpoch = Int64(wallNanoseconds / 1_000_000_000)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }

    /// Reads `YYYY-MM-DDThh:mm[:ss]Z`; nil for everything else, days that do not exist included.
    public init?(_ text: ByteView) {
        guard text.count == 20 || text.count == 17, text[text.count - 1] == UInt8(ascii: "Z"),
            text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T"),
            text[13] == UInt8(ascii: ":"),
            let year = Self.digits(text, 0, 4), let month = Self.digits(text, 5, 2), let day = Self.digits(text, 8, 2),
            let hour = Self.digits(text, 11, 2), let minute = Self.digits(text, 14, 2)
        else { return nil }
        var second = 0
        if text.count == 20 {
            guard text[16] == UInt8(ascii: ":"), let value = Self.digits(text, 17, 2) else { return nil }
            second = value
        }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    /// The instant of a date and time in UTC; nil when a field is out of its range. A leap second is refused.
    public init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        let days = Self.daysSinceEpoch(year, month, day)
        secondsSinceEpoch = Int64(((days * 24 + hour) * 60 + minute) * 60 + second)
    }

    /// Year, month, day, hour, minute and second in UTC; the weekday counts from 0, Sunday.
    public var fields: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, weekday: Int) {
        let seconds = Int(secondsSinceEpoch)
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        // Civil date from day count, eras of 400 years that begin on 1 March.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let weekday = ((days + 4) % 7 + 7) % 7
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1,
            rest / 3600, rest / 60 % 60, rest % 60, weekday
        )
    }

    /// Appends `YYYY-MM-DDThh:mm:ssZ`.
    public func append(to output: inout [UInt8]) {
        appendMinutes(to: &output)
        output.append(UInt8(ascii: ":"))
        output.append(decimal: fields.second, width: 2)
        output.append(UInt8(ascii: "Z"))
    }

    /// Appends `YYYY-MM-DDThh:mmZ`, the form without seconds that older answers of the cloud use.
    public func appendWithoutSeconds(to output: inout [UInt8]) {
        appendMinutes(to: &output)
        output.append(UInt8(ascii: "Z"))
    }

    private func appendMinutes(to output: inout [UInt8]) {
        let fields = fields
        output.append(decimal: fields.year, width: 4)
        output.append(UInt8(ascii: "-"))
        output.append(decimal: fields.month, width: 2)
        output.append(UInt8(ascii: "-"))
        output.append(decimal: fields.day, width: 2)
        output.append(UInt8(ascii: "T"))
        output.append(decimal: fields.hour, width: 2)
        output.append(UInt8(ascii: ":"))
        output.append(decimal: fields.minute, width: 2)
    }

    private static func digits(_ text: ByteView, _ offset: Int, _ length: Int) -> Int? {
        var value = 0
        for index in offset..<offset + length {
            guard text[index].isASCIIDigit else { return nil }
            value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
        }
        return value
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Timestamp: CustomStringConvertible {
    public var description: String {
        var output: [UInt8] = []
        append(to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
