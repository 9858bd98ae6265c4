import Bytes

/// When a periodic command runs: second, minute, hour, day of the month, month and weekday, by the clock of China.
struct CronExpression: Sendable {
    /// As written.
    let text: String
    private let seconds: Set<Int>
    private let minutes: Set<Int>
    private let hours: Set<Int>
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>

    /// Of China's clock before UTC, in seconds.
    private static let offset: Int64 = 8 * 3600
    private static let names = [
        "SUN": 0, "MON": 1, "TUE": 2, "WED": 3, "THU": 4, "FRI": 5, "SAT": 6, "JAN": 1, "FEB": 2, "MAR": 3, "APR": 4,
        "MAY": 5, "JUN": 6, "JUL": 7, "AUG": 8, "SEP": 9, "OCT": 10, "NOV": 11, "DEC": 12,
    ]

    /// Nil for what is no such expression: six fields of `*`, `?`, numbers, ranges, lists and steps.
    init?(_ text: String) {
        let fields = text.split(separator: " ")
        guard fields.count == 6 || fields.count == 7,
            let seconds = Self.values(fields[0], 0...59), let minutes = Self.values(fields[1], 0...59),
            let hours = Self.values(fields[2], 0...23), let days = Self.values(fields[3], 1...31),
            let months = Self.values(fields[4], 1...12), let weekdays = Self.values(fields[5], 0...7)
        else { return nil }
        self.text = text
        (self.seconds, self.minutes, self.hours, self.days, self.months) = (seconds, minutes, hours, days, months)
        self.weekdays = weekdays.contains(7) ? weekdays.union([0]) : weekdays
    }

    private static func values(_ field: Substring, _ range: ClosedRange<Int>) -> Set<Int>? {
        var values: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", omittingEmptySubsequences: false)
            guard let span = halves.first, halves.count <= 2 else { return nil }
            let step = halves.count == 2 ? Int(halves[1]) : 1
            guard let step, step > 0 else { return nil }
            var bounds = range
            if span != "*", span != "?" {
                let ends = span.split(separator: "-", omittingEmptySubsequences: false).map { number(String($0)) }
                guard let first = ends.first ?? nil, range.contains(first), ends.count <= 2 else { return nil }
                guard let last = ends.count == 2 ? ends[1] : halves.count == 2 ? range.upperBound : first,
                    range.contains(last), first <= last
                else { return nil }
                bounds = first...last
            }
            values.formUnion(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
        }
        return values.isEmpty ? nil : values
    }

    private static func number(_ text: String) -> Int? { Int(text) ?? names[text.uppercased()] }

    /// The instants after `start` and up to `end`, the latest first, at most `limit` of them. Looks back over a year.
    func occurrences(after start: SimulatedTime, until end: SimulatedTime, atMost limit: Int) -> [SimulatedTime] {
        var found: [SimulatedTime] = []
        let first = max(start.timestamp.secondsSinceEpoch + 1, end.timestamp.secondsSinceEpoch - 366 * 86_400)
        var minute = Self.floor(end.timestamp.secondsSinceEpoch, 60)
        while minute + 59 >= first, found.count < limit {
            let local = Timestamp(secondsSinceEpoch: minute + Self.offset).fields
            guard months.contains(local.month), days.contains(local.day), weekdays.contains(local.weekday) else {
                // To the last minute of the day before.
                minute = Self.floor(minute + Self.offset, 86_400) - Self.offset - 60
                continue
            }
            guard hours.contains(local.hour) else {
                minute = Self.floor(minute, 3600) - 60
                continue
            }
            if minutes.contains(local.minute) {
                for second in seconds.sorted(by: >) where found.count < limit {
                    let instant = minute + Int64(second)
                    guard instant >= first, instant <= end.timestamp.secondsSinceEpoch else { continue }
                    found.append(SimulatedTime(Timestamp(secondsSinceEpoch: instant)))
                }
            }
            minute -= 60
        }
        return found
    }

    private static func floor(_ value: Int64, _ unit: Int64) -> Int64 { value - ((value % unit) + unit) % unit }
}
