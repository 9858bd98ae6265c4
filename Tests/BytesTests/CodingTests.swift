import Bytes
import Testing

/// A small seeded generator, so that a failing random case can be run again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct CodingTests {
    private func text(_ build: (inout [UInt8]) -> Void) -> String {
        var output: [UInt8] = []
        build(&output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [
        ("aZ09-_.~", "aZ09-_.~"), (" ", "%20"), ("*+/", "%2A%2B%2F"), ("é", "%C3%A9"), ("", ""), ("a=b&c", "a%3Db%26c"),
    ])
    func percentEncodes(_ plain: String, _ encoded: String) {
        #expect(text { output in Array(plain.utf8).withView { output.append(percentEncoded: $0) } } == encoded)
    }

    @Test func percentDecodes() {
        func decode(_ text: String, plus: Bool) -> String? {
            var output: [UInt8] = [1]
            guard Array(text.utf8).withView({ PercentCoding.decode($0, plusIsSpace: plus, into: &output) }) else {
                return output == [1] ? nil : "leftovers"
            }
            return String(decoding: output.dropFirst(), as: UTF8.self)
        }
        #expect(decode("a%20b+c", plus: true) == "a b c")
        #expect(decode("a%2fb+c", plus: false) == "a/b+c")
        for broken in ["%", "%2", "%zz", "a%2", "%%20"] { #expect(decode(broken, plus: true) == nil) }
    }

    /// The vectors of RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64(_ plain: String, _ encoded: String) {
        #expect(text { output in Array(plain.utf8).withView { output.append(base64: $0) } } == encoded)
        #expect(Array(encoded.utf8).withView { Base64.decode($0) } == Array(plain.utf8))
    }

    @Test(arguments: ["Zg=", "Zg", "Zh==", "Z===", "====", "Zm9v\n", "Zm-v", "=Zg=", "Zg==Zg=="])
    func refusesNonCanonicalBase64(_ text: String) {
        #expect(Array(text.utf8).withView { Base64.decode($0) } == nil)
    }

    @Test func numbersAndHex() {
        #expect(text { $0.append(decimal: Int.min) } == "-9223372036854775808")
        #expect(text { $0.append(decimal: UInt64.max) } == "18446744073709551615")
        #expect(text { $0.append(decimal: 0) } == "0")
        #expect(text { $0.append(decimal: 7, width: 3) } == "007")
        #expect(text { $0.append(decimal: 1234, width: 3) } == "1234")
        #expect(text { $0.append(hex: [0, 255, 16]) } == "00ff10")
        #expect(text { $0.append(hex: UInt64(0xABC)) } == "0000000000000abc")
    }

    @Test(arguments: [
        ("DescribeInstance", "DescribeInstances"), ("instanceNmae", "instanceName"), ("INSTANCEID", "instanceId"),
    ])
    func nearestName(_ typed: String, _ meant: String) {
        #expect(NearestName.find(typed, among: ["DescribeInstances", "instanceName", "instanceId", "zone"]) == meant)
    }

    @Test func nearestNameGivesUp() {
        #expect(NearestName.find("colour", among: ["instanceName", "zone", "status"]) == nil)
    }

    @Test func lineMap() {
        let map = Array("a\nbc\n\nd".utf8).withView { LineMap($0) }
        #expect(map.position(of: 0) == (1, 1))
        #expect(map.position(of: 3) == (2, 2))
        #expect(map.position(of: 5) == (3, 1))
        #expect(map.position(of: 6) == (4, 1))
        #expect(map.position(of: 99).line == 4)
    }
}

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2016-02-23T12:46:24Z", 1_456_231_584), ("2000-02-29T23:59:59Z", 951_868_799),
            ("1969-12-31T23:59:59Z", -1), ("2100-03-01T00:00:00Z", 4_107_542_400),
        ] as [(String, Int64)])
    func readsAndWrites(_ text: String, _ seconds: Int64) {
        #expect(Array(text.utf8).withView { Timestamp($0) }?.secondsSinceEpoch == seconds)
        #expect(Timestamp(secondsSinceEpoch: seconds).description == text)
    }

    @Test(arguments: [
        "2019-02-29T00:00:00Z", "2019-13-01T00:00:00Z", "2019-01-01T24:00:00Z", "2019-01-01T00:00:60Z",
        "2019-01-01 00:00:00Z", "2019-01-01T00:00:00", "2019-01-01", "", "2019-01-01T00:00:00+Z",
    ])
    func refuses(_ text: String) {
        #expect(Array(text.utf8).withView { Timestamp($0) } == nil)
    }

    @Test func everyDayRoundTrips() {
        for day in stride(from: Int64(-200_000), to: 200_000, by: 13) {
            let instant = Timestamp(secondsSinceEpoch: day * 86_400 + 3661)
            let fields = instant.fields
            #expect(
                Timestamp(
                    year: fields.year, month: fields.month, day: fields.day, hour: fields.hour, minute: fields.minute,
                    second: fields.second
                ) == instant
            )
            #expect(fields.weekday == Int((day + 4) % 7 + 7) % 7)
        }
    }
}
