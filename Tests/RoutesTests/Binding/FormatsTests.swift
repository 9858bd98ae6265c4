import Bytes
import Testing

@testable import Routes

@Suite struct FormatsTests {
    static let good: [(Parameter.Format, String)] = [
        (.ip, "0.0.0.0"), (.ip, "255.255.255.255"), (.ip, "::"), (.ip, "::1"), (.ip, "1::"), (.ip, "2001:db8::1"),
        (.ip, "1:2:3:4:5:6:7:8"), (.ip, "::ffff:10.0.0.1"), (.ip, "1:2:3:4:5:6:10.0.0.1"), (.ip, "ABCD:ef01::"),
        (.cidr, "10.0.0.0/8"), (.cidr, "0.0.0.0/0"), (.cidr, "10.0.0.1"), (.cidr, "2001:db8::/32"), (.cidr, "::/128"),
        (.portRange, "22/22"), (.portRange, "1/65535"), (.portRange, "-1/-1"), (.portRange, "0/0"),
        (.base64, ""), (.base64, "aGk="), (.base64, "aA=="), (.base64, "a+/9"),
        (.iso8601, "2026-01-31T12:00:00Z"), (.iso8601, "2026-01-31T12:00Z"), (.iso8601, "2026-01-31T12Z"),
        (.iso8601, "2024-02-29T00:00:00Z"),
    ]

    @Test(arguments: good) func `well-formed`(_ format: Parameter.Format, _ text: String) {
        #expect(Array(text.utf8).withView { Formats.isWellFormed($0, format) })
    }

    static let bad: [(Parameter.Format, String)] = [
        (.ip, ""), (.ip, "1.2.3"), (.ip, "1.2.3.4.5"), (.ip, "256.1.1.1"), (.ip, "01.1.1.1"), (.ip, "1.1.1.1 "), (.ip, "1..1.1"),
        (.ip, ":"), (.ip, ":::"), (.ip, "1::2::3"), (.ip, "1:2:3:4:5:6:7"), (.ip, "1:2:3:4:5:6:7:8:9"), (.ip, "1:2:3:4:5:6:7::8"),
        (.ip, "12345::"), (.ip, "g::"), (.ip, "1:"), (.ip, ":1"), (.ip, "::1.2.3"), (.ip, "fe80::1%eth0"),
        (.cidr, "10.0.0.0/33"), (.cidr, "10.0.0.0/"), (.cidr, "/8"), (.cidr, "::/129"), (.cidr, "10.0.0.0/8/8"),
        (.cidr, "10.0.0.0/-1"),
        (.portRange, "22"), (.portRange, "23/22"), (.portRange, "1/65536"), (.portRange, "-1/22"), (.portRange, "a/b"),
        (.portRange, "/"),
        (.base64, "a"), (.base64, "aGk"), (.base64, "a==="), (.base64, "aG k"), (.base64, "aGk=\n"), (.base64, "=aaa"),
        (.iso8601, "2026-01-31"), (.iso8601, "2026-02-30T00:00:00Z"), (.iso8601, "2026-01-31T24:00:00Z"),
        (.iso8601, "2026-01-31T12:00:00"), (.iso8601, "2026-01-31 12:00:00Z"), (.iso8601, "2026-01-31T12X"), (.iso8601, ""),
    ]

    @Test(arguments: bad) func `malformed`(_ format: Parameter.Format, _ text: String) {
        #expect(!Array(text.utf8).withView { Formats.isWellFormed($0, format) })
    }

    @Test(
        arguments: [
            ("0", 0), ("-1", -1), ("9223372036854775807", Int64.max), ("-9223372036854775808", .min), ("", nil), ("-", nil),
            ("-0", nil),
            ("00", nil), ("01", nil), ("+1", nil), ("1.0", nil), (" 1", nil), ("9223372036854775808", nil),
            ("12345678901234567890", nil),
            ("-9223372036854775809", nil), ("1e3", nil), ("0x1", nil),
        ] as [(String, Int64?)])
    func `whole numbers are read strictly`(_ text: String, _ value: Int64?) {
        #expect(Array(text.utf8).withView { Scalars.integer($0) } == value)
    }
}
