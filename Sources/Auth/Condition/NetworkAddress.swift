import Bytes

/// An IPv4 or IPv6 address as policies compare it. An IPv4-mapped IPv6 address is the IPv4 address.
public struct NetworkAddress: Hashable, Sendable {
    /// The address in the low bits, 32 of them for IPv4.
    public let bits: UInt128
    public let isIPv6: Bool

    public init(v4 bits: UInt32) {
        self.bits = UInt128(bits)
        isIPv6 = false
    }

    public init(v6 bits: UInt128) {
        isIPv6 = !Self.isMapped(bits)
        self.bits = isIPv6 ? bits : bits & 0xFFFF_FFFF
    }

    /// The address in network byte order, 4 or 16 bytes; nil for another count.
    public init?(octets: ByteView) {
        let bits = octets.reduce(into: UInt128(0)) { $0 = $0 << 8 | UInt128($1) }
        switch octets.count {
        case 4: self.init(v4: UInt32(truncatingIfNeeded: bits))
        case 16: self.init(v6: bits)
        default: return nil
        }
    }

    /// Reads one address: no leading zeros, port, zone, prefix or blanks.
    public init?(_ text: ByteView) {
        if let bits = Self.parseIPv4(text) {
            self.init(v4: bits)
        } else if let bits = Self.parseIPv6(text) {
            self.init(v6: bits)
        } else {
            return nil
        }
    }

    /// Whether 128 bits are an IPv4-mapped address (::ffff:0:0/96).
    static func isMapped(_ bits: UInt128) -> Bool { bits >> 32 == 0xFFFF }

    static func parseIPv4(_ text: ByteView) -> UInt32? {
        var bits: UInt32 = 0
        var fields = 0
        var start = 0
        while true {
            let end = text.firstOffset(of: UInt8(ascii: "."), from: start) ?? text.count
            let digits = text.slice(start..<end)
            guard fields < 4, let octet = decimal(digits).flatMap({ UInt8(exactly: $0) }) else { return nil }
            bits = bits << 8 | UInt32(octet)
            fields += 1
            if end == text.count { return fields == 4 ? bits : nil }
            // A dot at the very end leaves an empty field, which is no number.
            start = end + 1
        }
    }

    /// One to three digits without a leading zero.
    static func decimal(_ digits: ByteView) -> Int? {
        guard (1...3).contains(digits.count), digits.count == 1 || digits[0] != UInt8(ascii: "0") else { return nil }
        var value = 0
        for digit in digits {
            guard digit.isASCIIDigit else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    /// RFC 4291, 2.2: eight groups, one run of them optionally `::`, the last two optionally in the form of IPv4.
    static func parseIPv6(_ text: ByteView) -> UInt128? {
        guard text.count >= 2, text.count <= 45 else { return nil }
        var bits: UInt128 = 0
        var groups = 0
        var groupsBeforeGap: Int?
        var offset = 0
        if text[0] == UInt8(ascii: ":") {
            guard text[1] == UInt8(ascii: ":") else { return nil }
            groupsBeforeGap = 0
            offset = 2
        }
        while offset < text.count {
            let end = text.firstOffset(of: UInt8(ascii: ":"), from: offset) ?? text.count
            let field = text.slice(offset..<end)
            if end == text.count, let tail = parseIPv4(field) {
                bits = bits << 32 | UInt128(tail)
                groups += 2
                break
            }
            guard groups < 8, let group = hexGroup(field) else { return nil }
            bits = bits << 16 | UInt128(group)
            groups += 1
            if end == text.count { break }
            offset = end + 1
            if offset == text.count { return nil }
            if text[offset] == UInt8(ascii: ":") {
                guard groupsBeforeGap == nil else { return nil }
                groupsBeforeGap = groups
                offset += 1
            }
        }
        guard let groupsBeforeGap else { return groups == 8 ? bits : nil }
        guard groups < 8 else { return nil }
        let tailBits = UInt128((groups - groupsBeforeGap) * 16)
        let tail = bits & (UInt128(1) << tailBits - 1)
        return ((bits >> tailBits) << UInt128((8 - groupsBeforeGap) * 16)) | tail
    }

    private static func hexGroup(_ digits: ByteView) -> UInt16? {
        guard (1...4).contains(digits.count) else { return nil }
        var value: UInt16 = 0
        for digit in digits {
            guard let nibble = digit.hexDigitValue else { return nil }
            value = value << 4 | UInt16(nibble)
        }
        return value
    }
}

extension NetworkAddress {
    /// Appends the canonical text: dotted decimal, or RFC 5952 for IPv6.
    func append(to output: inout [UInt8]) {
        guard isIPv6 else {
            for shift in stride(from: 24, through: 0, by: -8) {
                output.append(decimal: Int(truncatingIfNeeded: bits >> UInt128(shift) & 0xFF))
                if shift > 0 { output.append(UInt8(ascii: ".")) }
            }
            return
        }
        let gap = longestZeroRun()
        var index = 0
        while index < 8 {
            if index == gap.lowerBound, gap.count > 1 {
                output.append("::")
                index = gap.upperBound
                continue
            }
            if index > 0, !(gap.count > 1 && index == gap.upperBound) { output.append(UInt8(ascii: ":")) }
            output.append(text: String(group(index), radix: 16))
            index += 1
        }
    }

    private func group(_ index: Int) -> UInt16 { UInt16(truncatingIfNeeded: bits >> UInt128((7 - index) * 16)) }

    private func longestZeroRun() -> Range<Int> {
        var best = 0..<0
        var start = 0
        for index in 0...8 where index == 8 || group(index) != 0 {
            if index - start > best.count { best = start..<index }
            start = index + 1
        }
        return best
    }
}
