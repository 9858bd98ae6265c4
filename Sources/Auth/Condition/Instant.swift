import Bytes

/// A point in time as the date operators compare it, exact to 18 decimal places of a second.
public struct Instant: Hashable, Comparable, Sendable {
    /// Whole seconds since 1970-01-01T00:00:00Z.
    public let seconds: Int64
    /// Attoseconds (10⁻¹⁸ s) beyond them, below 10¹⁸.
    public let attoseconds: UInt64

    public init(_ timestamp: Timestamp) {
        seconds = timestamp.secondsSinceEpoch
        attoseconds = 0
    }

    /// A reading of the wall clock in nanoseconds since 1970-01-01T00:00:00Z.
    public init(wallNanoseconds: UInt64) {
        seconds = Int64(wallNanoseconds / 1_000_000_000)
        attoseconds = wallNanoseconds % 1_000_000_000 * 1_000_000_000
    }

    /// Reads `YYYY-MM-DDThh:mm[:ss[.fraction]]` with `Z` or `±hh:mm`, the fraction at most 18 digits. Nil for everything
    /// else: bare dates, local times, epoch numbers, days that do not exist, leap seconds.
    public init?(_ text: ByteView) {
        var reader = FieldReader(text)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skip("T"), let hour = reader.number(2), reader.skip(":"),
            let minute = reader.number(2)
        else { return nil }
        var second = 0
        var attoseconds: UInt64 = 0
        if reader.skip(":") {
            guard let value = reader.number(2) else { return nil }
            second = value
            if reader.skip(".") {
                guard let value = reader.fraction() else { return nil }
                attoseconds = value
            }
        }
        guard let offset = reader.zone(), reader.isAtEnd,
            let local = Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        seconds = local.secondsSinceEpoch - offset
        self.attoseconds = attoseconds
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.seconds == right.seconds ? left.attoseconds < right.attoseconds : left.seconds < right.seconds
    }

    /// The instant in UTC, with a fraction only when there is one.
    func append(to output: inout [UInt8]) {
        Timestamp(secondsSinceEpoch: seconds).append(to: &output)
        guard attoseconds > 0 else { return }
        output.removeLast()
        output.append(UInt8(ascii: "."))
        output.append(decimal: Int(attoseconds), width: 18)
        while output.last == UInt8(ascii: "0") { output.removeLast() }
        output.append(UInt8(ascii: "Z"))
    }
}

/// Reads fixed fields of a text from left to right.
private struct FieldReader {
    private let text: ByteView
    private var offset = 0

    init(_ text: ByteView) { self.text = text }

    var isAtEnd: Bool { offset == text.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard offset < text.count, text[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    /// Exactly `count` digits.
    mutating func number(_ count: Int) -> Int? {
        guard text.count - offset >= count else { return nil }
        var value = 0
        for _ in 0..<count {
            guard text[offset].isASCIIDigit else { return nil }
            value = value * 10 + Int(text[offset] - UInt8(ascii: "0"))
            offset += 1
        }
        return value
    }

    /// One to 18 digits behind a point, as attoseconds.
    mutating func fraction() -> UInt64? {
        var value: UInt64 = 0
        var digits = 0
        while offset < text.count, text[offset].isASCIIDigit {
            guard digits < 18 else { return nil }
            value = value * 10 + UInt64(text[offset] - UInt8(ascii: "0"))
            digits += 1
            offset += 1
        }
        guard digits > 0 else { return nil }
        for _ in digits..<18 { value *= 10 }
        return value
    }

    /// Seconds east of UTC.
    mutating func zone() -> Int64? {
        if skip("Z") { return 0 }
        let isEast = skip("+")
        guard isEast || skip("-"), let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60
        else { return nil }
        let seconds = Int64(hours * 3600 + minutes * 60)
        return isEast ? seconds : -seconds
    }
}
