import Testing

@testable import Gateway

@Suite struct QuantityTests {
    @Test(
        arguments: [
            ("0B", 0), ("1B", 1), ("64KiB", 65_536), ("256MiB", 268_435_456), ("2GiB", 2_147_483_648),
            ("", nil), ("256", nil), ("256MB", nil), ("256 MiB", nil), ("-1B", nil), ("1.5GiB", nil), ("MiB", nil),
            ("0x10B", nil), ("9223372036854775807GiB", nil), ("99999999999999999999B", nil), ("١B", nil),
        ] as [(String, Int?)])
    func sizes(_ text: String, _ bytes: Int?) {
        #expect(Quantity.size(text) == bytes)
    }

    @Test(
        arguments: [
            ("0s", .zero), ("250ms", .milliseconds(250)), ("30s", .seconds(30)), ("10m", .seconds(600)),
            ("2h", .seconds(7200)), ("1d", .seconds(86_400)),
            ("30", nil), ("s", nil), ("1.5s", nil), ("-1s", nil), ("30 s", nil), ("1w", nil), ("30S", nil),
            ("10000d", .seconds(864_000_000)), ("10001d", nil), ("9223372036854775807d", nil),
        ] as [(String, Duration?)])
    func durations(_ text: String, _ duration: Duration?) {
        #expect(Quantity.duration(text) == duration)
    }

    @Test(arguments: [0, 1, 1023, 1024, 1025, 1 << 20, 3 << 30])
    func sizesAreReadBack(_ bytes: Int) {
        #expect(Quantity.size(Quantity.text(bytes: bytes)) == bytes)
    }

    @Test(arguments: [0, 1, 999, 1000, 60_000, 61_000, 3_600_000, 86_400_000])
    func durationsAreReadBack(_ milliseconds: Int) {
        #expect(Quantity.duration(Quantity.text(.milliseconds(milliseconds))) == .milliseconds(milliseconds))
    }
}
