import Bytes

/// Numbers with units, as configuration and options write them.
enum Quantity {
    /// What ``size(_:)`` reads, in words.
    static let sizeForm = "a number with a unit, B, KiB, MiB or GiB, such as `256MiB`"
    /// What ``duration(_:)`` reads, in words.
    static let durationForm = "a number with a unit, ms, s, m, h or d, such as `30s`"

    static let hour = Duration.seconds(3600)

    /// Bytes; nil for everything that is not of ``sizeForm`` or does not fit.
    static func size(_ text: String) -> Int? {
        read(text, units: [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("B", 1)])
    }

    /// A span of time; nil for everything that is not of ``durationForm`` or exceeds 10,000 days.
    static func duration(_ text: String) -> Duration? {
        let units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
        guard let milliseconds = read(text, units: units), milliseconds <= 10_000 * 86_400_000 else { return nil }
        return .milliseconds(milliseconds)
    }

    /// The form in which ``size(_:)`` reads `bytes` back, with the largest unit that leaves a whole number.
    static func text(bytes: Int) -> String {
        let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        let unit = units.first { bytes >= $0.1 && bytes.isMultiple(of: $0.1) } ?? ("B", 1)
        return "\(bytes / unit.1)\(unit.0)"
    }

    /// The form in which ``duration(_:)`` reads `duration` back; parts of a millisecond are cut off.
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
        let unit = units.first { milliseconds >= $0.1 && milliseconds.isMultiple(of: $0.1) } ?? ("ms", 1)
        return "\(milliseconds / unit.1)\(unit.0)"
    }

    private static func read(_ text: String, units: [(name: String, factor: Int)]) -> Int? {
        let digits = text.utf8.prefix { $0.isASCIIDigit }
        guard !digits.isEmpty, let number = Int(text.prefix(digits.count)) else { return nil }
        let name = text.dropFirst(digits.count)
        guard let unit = units.first(where: { $0.name == name }) else { return nil }
        let (value, overflow) = number.multipliedReportingOverflow(by: unit.factor)
        return overflow ? nil : value
    }
}
