import Bytes

/// Writes instants, `2026-11-21T08:45:32.833Z`. The part down to the second is kept from one line to the next.
struct LogTime {
    /// Bytes of an instant.
    static let length = 24

    private var second: UInt64 = .max
    private var text: [UInt8] = []

    /// Appends the instant `nanoseconds` after 1970, cut off to milliseconds.
    mutating func append(_ nanoseconds: UInt64, to output: inout [UInt8]) {
        output.appendFilling(Self.length) { start in
            var cursor = LineCursor(start)
            write(nanoseconds, to: &cursor)
            return cursor.position - start
        }
    }

    /// Writes the instant: ``length`` bytes.
    mutating func write(_ nanoseconds: UInt64, to cursor: inout LineCursor) {
        let now = nanoseconds / 1_000_000_000
        if now != second {
            second = now
            text.removeAll(keepingCapacity: true)
            Timestamp(wallNanoseconds: nanoseconds).append(to: &text)
            text.removeLast()
        }
        text.withView { cursor.write($0) }
        cursor.write(".")
        cursor.write(decimal: nanoseconds / 1_000_000 % 1000, width: 3)
        cursor.write("Z")
    }
}
