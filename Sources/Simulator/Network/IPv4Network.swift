/// An IPv4 address as a number.
struct IPv4Address: Hashable, Comparable, Sendable {
    var value: UInt32

    init(value: UInt32) {
        self.value = value
    }

    /// Reads four decimal numbers with dots between them; nil for everything else, leading zeros included.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard let number = UInt8(part), String(number) == part else { return nil }
            value = value << 8 | UInt32(number)
        }
        self.value = value
    }

    var text: String {
        [24, 16, 8, 0].map { String(value >> UInt32($0) & 0xFF) }.joined(separator: ".")
    }

    static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.value < right.value }
}

/// An IPv4 network: `192.168.0.0/16`.
struct IPv4Network: Hashable, Sendable {
    let base: IPv4Address
    /// 0 to 32.
    let prefixLength: Int

    /// Reads an address and a prefix length; an address alone is a network of one. Bits behind the prefix must be 0.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let address = IPv4Address(first) else { return nil }
        var length = 32
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0...32).contains(number), String(number) == parts[1] else { return nil }
            length = number
        }
        guard address.value & ~Self.mask(length) == 0 else { return nil }
        base = address
        prefixLength = length
    }

    var text: String { "\(base.text)/\(prefixLength)" }

    /// Number of addresses, those that the cloud keeps for itself included.
    var addressCount: Int { 1 << (32 - prefixLength) }

    func contains(_ address: IPv4Address) -> Bool {
        address.value & Self.mask(prefixLength) == base.value
    }

    func contains(_ other: IPv4Network) -> Bool {
        other.prefixLength >= prefixLength && contains(other.base)
    }

    func overlaps(_ other: IPv4Network) -> Bool { contains(other) || other.contains(self) }

    /// The address `offset` above the first one; nil outside the network.
    func address(at offset: Int) -> IPv4Address? {
        guard offset >= 0, offset < addressCount else { return nil }
        return IPv4Address(value: base.value + UInt32(offset))
    }

    private static func mask(_ length: Int) -> UInt32 {
        length == 0 ? 0 : ~UInt32(0) << UInt32(32 - length)
    }
}
