import Bytes

/// The first bytes of a key file: what is needed to open it. They are authenticated with the rest.
///
/// | bytes | what |
/// | --- | --- |
/// | 0–7 | `ACSKEYS` and a zero byte |
/// | 8 | version of the format, 1 |
/// | 9 | how the key is derived, 1: scrypt |
/// | 10, 11, 12 | scrypt's cost as a power of two, its block size r and its parallelisation p |
/// | 13–15 | zero |
/// | 16–31 | salt |
/// | 32–43 | nonce |
/// | 44–47 | bytes of the sealed text that follows, its tag of 16 bytes included, big-endian |
struct KeyFileHeader {
    static let size = 48
    private static let magic: StaticString = "ACSKEYS\0"
    private static let version: UInt8 = 1
    private static let scrypt: UInt8 = 1
    /// What a file may ask for at most: a gigabyte of memory, and some seconds.
    private static let limits = (log: 10...20, r: 1...16, p: 1...16, memory: 1 << 30)

    /// How much work the derivation of the key is.
    struct Cost: Sendable {
        var log: Int
        var r = 8
        var p: Int

        /// That of new files: 64 MiB, and some tenths of a second (OWASP's advice for scrypt).
        static let standard = Cost(log: 16, p: 2)
    }

    var cost: Cost
    var salt: [UInt8]
    var nonce: [UInt8]
    var sealedSize: Int

    /// A header with fresh salt and nonce.
    init(_ cost: Cost, sealedSize: Int) {
        self.cost = cost
        salt = Self.random(16)
        nonce = Self.random(12)
        self.sealedSize = sealedSize
    }

    /// Reads a header; `bytes` are the whole file.
    init(_ bytes: ByteView) throws(KeyRing.Fault) {
        guard bytes.count >= Self.size, bytes.hasPrefix(Self.magic) else { throw KeyRing.Fault("is no key file") }
        guard bytes[8] == Self.version else { throw KeyRing.Fault("is of version \(bytes[8]); this program reads version 1") }
        guard bytes[9] == Self.scrypt else { throw KeyRing.Fault("wants a key derivation that this program does not know") }
        cost = Cost(log: Int(bytes[10]), r: Int(bytes[11]), p: Int(bytes[12]))
        guard Self.limits.log.contains(cost.log), Self.limits.r.contains(cost.r), Self.limits.p.contains(cost.p),
            128 * cost.r << cost.log <= Self.limits.memory
        else { throw KeyRing.Fault("asks for more work than is sensible") }
        salt = Array(bytes.slice(16..<32))
        nonce = Array(bytes.slice(32..<44))
        sealedSize = bytes.slice(44..<48).reduce(0) { $0 << 8 | Int($1) }
        guard sealedSize == bytes.count - Self.size else { throw KeyRing.Fault("is cut off, or has something behind its end") }
    }

    var bytes: [UInt8] {
        var output: [UInt8] = []
        output.append(Self.magic)
        output += [Self.version, Self.scrypt, UInt8(cost.log), UInt8(cost.r), UInt8(cost.p), 0, 0, 0]
        output += salt + nonce
        for shift in [24, 16, 8, 0] { output.append(UInt8(truncatingIfNeeded: sealedSize >> shift)) }
        return output
    }

    private static func random(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { SystemRandom.fill($0) }
        return bytes
    }
}
