import Bytes

/// One address or CIDR block of a policy. Host bits are masked.
public struct AddressBlock: Hashable, Sendable {
    private let bits: UInt128
    private let mask: UInt128
    private let isIPv6: Bool

    /// Reads `address` or `address/prefix`. An IPv4-mapped IPv6 address or block is refused: addresses of requests are
    /// compared as IPv4, so the same must be written as IPv4 to mean anything.
    public init?(_ text: ByteView) {
        let slash = text.firstOffset(of: UInt8(ascii: "/"))
        let address = text.slice(0..<(slash ?? text.count))
        let width: Int
        if let v4 = NetworkAddress.parseIPv4(address) {
            (bits, width, isIPv6) = (UInt128(v4), 32, false)
        } else if let v6 = NetworkAddress.parseIPv6(address), !NetworkAddress.isMapped(v6) {
            (bits, width, isIPv6) = (v6, 128, true)
        } else {
            return nil
        }
        var prefix = width
        if let slash {
            guard let value = NetworkAddress.decimal(text.slice(slash + 1..<text.count)), value <= width else { return nil }
            prefix = value
        }
        let all = isIPv6 ? UInt128.max : 0xFFFF_FFFF
        mask = prefix == 0 ? 0 : (all >> UInt128(width - prefix)) << UInt128(width - prefix)
    }

    /// Addresses of the other family are never contained.
    public func contains(_ address: NetworkAddress) -> Bool {
        isIPv6 == address.isIPv6 && (bits ^ address.bits) & mask == 0
    }
}
