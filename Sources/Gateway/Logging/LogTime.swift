import Bytes

/// Writes instants, `2026-11-21T08:45:32.833Z`. The part down to the second is kept from one line to the next.
struct LogTime {
    private var second: UInt64 = .max
    private var text: [UInt8] = []

    /// Appends the instant `nanoseconds` after 1970, cut off to milliseconds.
    mutating func append(_ nanoseconds: UInt64, to output: inout [UInt8]) {
        let now = nanoseconds / 1_000_000_000
        if now != second {
            second = now
            text.removeAll(keepingCapacity: true)
            Timestamp(wallNanoseconds: nanoseconds).append(to: &text)
            text.removeLast()
        }
        output.append(contentsOf: text)
        output.append(UInt8(ascii: "."))
        output.append(decimal: Int(nanoseconds / 1_000_000 % 1000), width: 3)
        output.append(UInt8(ascii: "Z"))
    }
}
