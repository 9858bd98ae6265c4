import Bytes

/// The text forms that the catalogue names.
enum Formats {
    /// Whether `value`, or one element of a list, has the form. Lists and JSON are taken apart by the binder.
    static func isWellFormed(_ value: ByteView, _ format: Parameter.Format?) -> Bool {
        switch format {
        case nil, .jsonArray, .json, .commaList, .semicolonList: true
        case .iso8601: isInstant(value)
        case .base64: isBase64(value)
        case .ip: isIPv4(value) || isIPv6(value)
        case .cidr: isCIDR(value)
        case .portRange: isPortRange(value)
        }
    }

    /// `YYYY-MM-DDThh:mm:ssZ`, `YYYY-MM-DDThh:mmZ` or `YYYY-MM-DDThhZ`, a day and time that exist.
    static func isInstant(_ value: ByteView) -> Bool {
        guard value.count == 14 else { return Timestamp(value) != nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 17) { buffer in
            _ = buffer.initialize(from: value.slice(0..<13))
            for (offset, byte) in [UInt8(ascii: ":"), UInt8(ascii: "0"), UInt8(ascii: "0"), value[13]].enumerated() {
                buffer[13 + offset] = byte
            }
            return Timestamp(ByteView(UnsafeMutableBufferPointer(rebasing: buffer[0..<17]))) != nil
        }
    }

    /// Padded Base64 with the standard alphabet, without line breaks.
    static func isBase64(_ value: ByteView) -> Bool {
        guard value.count.isMultiple(of: 4) else { return false }
        var end = value.count
        while end > 0, value.count - end < 2, value[end - 1] == UInt8(ascii: "=") { end -= 1 }
        return value.slice(0..<end).allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
        }
    }

    /// Four numbers from 0 to 255 without leading zeros.
    static func isIPv4(_ value: ByteView) -> Bool {
        var start = 0
        for part in 0..<4 {
            let end = part < 3 ? value.firstOffset(of: UInt8(ascii: "."), from: start) ?? -1 : value.count
            guard end > start, number(value.slice(start..<end), upTo: 255) else { return false }
            start = end + 1
        }
        return true
    }

    /// The forms of RFC 4291, section 2.2, without a zone.
    static func isIPv6(_ value: ByteView) -> Bool {
        var groups = 0
        var hasGap = false
        var index = 0
        if value.hasPrefix("::") {
            hasGap = true
            index = 2
        }
        while index < value.count {
            var end = index
            while end < value.count, value[end].hexDigitValue != nil { end += 1 }
            if end < value.count, value[end] == UInt8(ascii: ".") {
                guard isIPv4(value.slice(index..<value.count)) else { return false }
                groups += 2
                index = value.count
                break
            }
            guard end > index, end - index <= 4 else { return false }
            groups += 1
            index = end
            if index == value.count { break }
            guard value[index] == UInt8(ascii: ":"), index + 1 < value.count else { return false }
            index += 1
            if value[index] == UInt8(ascii: ":") {
                guard !hasGap else { return false }
                hasGap = true
                index += 1
            }
        }
        return hasGap ? groups < 8 : groups == 8
    }

    /// An address with a prefix length, or alone.
    static func isCIDR(_ value: ByteView) -> Bool {
        guard let slash = value.firstOffset(of: UInt8(ascii: "/")) else { return isIPv4(value) || isIPv6(value) }
        let address = value.slice(0..<slash)
        let prefix = value.slice(slash + 1..<value.count)
        return isIPv4(address) && number(prefix, upTo: 32) || isIPv6(address) && number(prefix, upTo: 128)
    }

    /// `-1/-1`, or two ports from 0 to 65535, the first not above the second.
    static func isPortRange(_ value: ByteView) -> Bool {
        if value.equals("-1/-1") { return true }
        guard let slash = value.firstOffset(of: UInt8(ascii: "/")),
            let first = Scalars.integer(value.slice(0..<slash)),
            let last = Scalars.integer(value.slice(slash + 1..<value.count))
        else { return false }
        return first >= 0 && first <= last && last <= 65535
    }

    private static func number(_ text: ByteView, upTo greatest: Int64) -> Bool {
        guard let value = Scalars.integer(text) else { return false }
        return value >= 0 && value <= greatest
    }
}
