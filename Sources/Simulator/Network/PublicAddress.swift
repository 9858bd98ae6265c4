/// Addresses of the Internet that the simulated cloud gives out.
enum PublicAddress {
    /// A new address in 47.96.0.0/15, a range that the real cloud uses for this region.
    static func make(_ world: inout World) -> String {
        let base = IPv4Address(value: 47 << 24 | 96 << 16)
        return IPv4Address(value: base.value + UInt32(2 + world.identifiers.below(131_000))).text
    }
}
