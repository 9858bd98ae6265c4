import Bytes

/// A 128-bit hash of an answer's bytes, the same in every process, for entity tags.
///
/// Two lanes of folded 64 by 64 bit multiplications over 16 bytes at a time. Not cryptographic: who could make two answers
/// collide is the cloud, which gains nothing by it.
struct ContentHash: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    init(_ bytes: ByteView) {
        var first: UInt64 = 0x243F_6A88_85A3_08D3 ^ UInt64(bytes.count)
        var second: UInt64 = 0x1319_8A2E_0370_7344
        func mix(_ left: UInt64, _ right: UInt64) {
            first = Self.fold(left ^ 0xA409_3822_299F_31D0, right ^ first)
            second = Self.fold(right ^ 0x082E_FA98_EC4E_6C89, left ^ second)
        }
        var offset = 0
        let raw = UnsafeRawBufferPointer(bytes)
        while offset + 16 <= raw.count {
            mix(
                raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
                raw.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
            )
            offset += 16
        }
        var tail: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &tail) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: raw[offset...])) }
        mix(tail.0, tail.1)
        high = Self.fold(first ^ 0x4528_21E6_38D0_1377, second ^ 0xBE54_66CF_34E9_0C6C)
        low = Self.fold(second ^ 0xC0AC_29B7_C97C_50DD, first ^ 0x3F84_D5B5_B547_0917)
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
