import Bytes

/// A date as HTTP writes it (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let weekdays: StaticString = "SunMonTueWedThuFriSat"
    private static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"

    static func append(_ time: Timestamp, to output: inout [UInt8]) {
        let fields = time.fields
        output.append(name(fields.weekday, of: weekdays))
        output.append(", ")
        output.append(decimal: fields.day, width: 2)
        output.append(" ")
        output.append(name(fields.month - 1, of: months))
        output.append(" ")
        output.append(decimal: fields.year, width: 4)
        output.append(" ")
        output.append(decimal: fields.hour, width: 2)
        output.append(":")
        output.append(decimal: fields.minute, width: 2)
        output.append(":")
        output.append(decimal: fields.second, width: 2)
        output.append(" GMT")
    }

    private static func name(_ index: Int, of names: StaticString) -> ByteView {
        names.view.slice(3 * index..<3 * index + 3)
    }
}
