import Bytes

/// Hashes of the fields of actions and resources, for finding statements. A hit is always verified byte by byte, so the
/// hash need not resist anybody: whoever makes requests collide only makes them a little slower.
enum FieldHash {
    static let service: UInt64 = 0x9E37_79B9_7F4A_7C15
    static let name: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    static let product: UInt64 = 0x1656_67B1_9E37_79F9
    static let region: UInt64 = 0x27D4_EB2F_1656_67C5
    static let account: UInt64 = 0x85EB_CA77_C2B2_AE63
    static let relative: UInt64 = 0xFF51_AFD7_ED55_8CCD

    /// A hash of `bytes` in the place that `seed` stands for. Hashes of several places are added up.
    @inline(__always)
    static func of(_ bytes: ByteView, _ seed: UInt64) -> UInt64 {
        var hash = seed ^ UInt64(truncatingIfNeeded: bytes.count)
        guard let base = bytes.baseAddress else { return step(hash, 0) }
        let raw = UnsafeRawPointer(base)
        var offset = 0
        while offset + 8 <= bytes.count {
            // INVARIANT: offset + 8 <= count, so the load stays inside the view.
            hash = step(hash, raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var tail: UInt64 = 0
        while offset < bytes.count {
            tail = tail << 8 | UInt64(bytes[offset])
            offset += 1
        }
        return step(hash, tail)
    }

    @inline(__always)
    static func step(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
        return product ^ product >> 32
    }
}
