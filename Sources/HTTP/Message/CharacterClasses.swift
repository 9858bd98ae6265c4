/// A set of ASCII characters as a bit mask, for checks that look at every byte of a head.
struct CharacterClass: Sendable {
    /// Bit n stands for character n, and in `high` for character 64 + n.
    let low: UInt64
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let mask = byte < 64 ? low : byte < 128 ? high : 0
        return mask >> UInt64(byte & 63) & 1 != 0
    }

    /// Letters, digits and ``!#$%&'*+-.^_`|~`` (RFC 9110, section 5.6.2).
    static let token = CharacterClass(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    /// What a host with a port may consist of (RFC 3986, section 3.2), IPv6 literals included: letters, digits and
    /// `-._~%!$&'()*+,;=:[]`.
    static let authority = CharacterClass(low: 0x2FFF_7FF2_0000_0000, high: 0x47FF_FFFE_AFFF_FFFE)
}
