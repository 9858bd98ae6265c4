/// Sets of ASCII characters as bit masks, for checks that look at every byte of a head.
struct CharacterClass: Sendable {
    private let low: UInt64
    private let high: UInt64

    init(_ characters: StaticString, alphanumeric: Bool = true) {
        var (low, high): (UInt64, UInt64) = (0, 0)
        func add(_ byte: UInt8) {
            if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
        }
        characters.withUTF8Buffer { $0.forEach(add) }
        if alphanumeric {
            for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { add(byte) }
            for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { add(byte) }
            for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { add(byte) }
        }
        self.low = low
        self.high = high
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low >> UInt64(byte) & 1 != 0 }
        return byte < 128 && high >> UInt64(byte - 64) & 1 != 0
    }

    /// Token characters (RFC 9110, section 5.6.2).
    static let token = CharacterClass("!#$%&'*+-.^_`|~")
    /// What a host with a port may consist of (RFC 3986, section 3.2), IPv6 literals included.
    static let authority = CharacterClass("-._~%!$&'()*+,;=:[]")
}
