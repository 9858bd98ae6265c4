/// Makes identifiers that look like the cloud's. The same seed gives the same sequence.
struct IdentifierGenerator: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `bound`; 0 when `bound` is not above 1.
    mutating func below(_ bound: Int) -> Int {
        bound > 1 ? Int(next() % UInt64(bound)) : 0
    }

    /// An id such as `i-bp1` and 17 lower-case letters and digits.
    mutating func resource(_ prefix: String) -> String {
        prefix + "-bp1" + text(length: 17, from: Self.lowerAlphanumerics)
    }

    /// An id such as `c-` and 32 hexadecimal digits, as cloud assistant's.
    mutating func hexadecimal(_ prefix: String) -> String {
        prefix + "-" + String(decoding: hexDigits(32), as: UTF8.self)
    }

    /// An id such as `i-5` and 24 lower-case letters and digits, as edge nodes give them.
    mutating func edgeResource(_ prefix: String) -> String {
        prefix + "-5" + text(length: 24, from: Self.lowerAlphanumerics)
    }

    /// Upper-case UUID of version 4, as the cloud's request ids.
    mutating func requestId() -> String {
        let digits = hexDigits(32).map { $0 >= UInt8(ascii: "a") ? $0 - 32 : $0 }
        return Self.uuid(digits)
    }

    /// Lower-case UUID of version 4, as serial numbers of instances.
    mutating func serialNumber() -> String { Self.uuid(hexDigits(32)) }

    /// A MAC address in the range that the cloud uses.
    mutating func macAddress() -> String {
        let digits = hexDigits(6).map { Character(UnicodeScalar($0)) }
        return "00:16:3e:" + stride(from: 0, to: 6, by: 2).map { String(digits[$0...$0 + 1]) }.joined(separator: ":")
    }

    /// An order or account number: 15 digits, not beginning with 0.
    mutating func orderNumber() -> Int { 200_000_000_000_000 + below(700_000_000_000_000) }

    private mutating func text(length: Int, from alphabet: [UInt8]) -> String {
        var output: [UInt8] = []
        for _ in 0..<length { output.append(alphabet[below(alphabet.count)]) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Hexadecimal digits with the marks of a random UUID at their places.
    private mutating func hexDigits(_ count: Int) -> [UInt8] {
        let alphabet = Array("0123456789abcdef".utf8)
        var digits: [UInt8] = []
        for index in 0..<count {
            switch index {
            case 12: digits.append(UInt8(ascii: "4"))
            case 16: digits.append(alphabet[8 + below(4)])
            default: digits.append(alphabet[below(16)])
            }
        }
        return digits
    }

    private static func uuid(_ digits: [UInt8]) -> String {
        var output: [UInt8] = []
        for (index, digit) in digits.enumerated() {
            if index == 8 || index == 12 || index == 16 || index == 20 { output.append(UInt8(ascii: "-")) }
            output.append(digit)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static let lowerAlphanumerics = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
}
