/// A keyed 128-bit hash: SipHash-2-4-128 (Aumasson, Bernstein 2012). Whoever lacks the key can neither find two texts with
/// one hash nor learn a text from its hash; so the hash may stand for a text that must not be kept, such as a token.
public struct KeyedHash: Hashable, Sendable {
    public let low: UInt64
    public let high: UInt64

    /// A secret key.
    public struct Key: Sendable {
        let first: UInt64
        let second: UInt64

        public init(_ first: UInt64, _ second: UInt64) {
            (self.first, self.second) = (first, second)
        }

        /// A key that nobody else has.
        public static var random: Key { Key(SystemRandom.bits64(), SystemRandom.bits64()) }
    }

    /// Takes one text after another; the order and the bounds of the texts count.
    public struct Hasher {
        private var v0: UInt64
        private var v1: UInt64
        private var v2: UInt64
        private var v3: UInt64

        public init(_ key: Key) {
            v0 = key.first ^ 0x736F_6D65_7073_6575
            v1 = key.second ^ 0x646F_7261_6E64_6F6D ^ 0xEE
            v2 = key.first ^ 0x6C79_6765_6E65_7261
            v3 = key.second ^ 0x7465_6462_7974_6573
        }

        /// Takes a text, its length first.
        public mutating func add(_ text: ByteView) {
            compress(UInt64(truncatingIfNeeded: text.count))
            addWords(text)
        }

        /// Takes a number.
        public mutating func add(_ word: UInt64) { compress(word) }

        public func finish() -> KeyedHash {
            var last = self
            last.v2 ^= 0xEE
            for _ in 0..<4 { last.round() }
            let low = last.v0 ^ last.v1 ^ last.v2 ^ last.v3
            last.v1 ^= 0xDD
            for _ in 0..<4 { last.round() }
            return KeyedHash(low: low, high: last.v0 ^ last.v1 ^ last.v2 ^ last.v3)
        }

        /// Eight bytes at a time; the last word holds the bytes that are left and, at its top, the length.
        fileprivate mutating func addWords(_ text: ByteView) {
            let raw = UnsafeRawBufferPointer(text)
            var offset = 0
            while offset + 8 <= raw.count {
                compress(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
                offset += 8
            }
            var word = UInt64(truncatingIfNeeded: raw.count) << 56
            var shift: UInt64 = 0
            while offset < raw.count {
                word |= UInt64(raw[offset]) << shift
                shift += 8
                offset += 1
            }
            compress(word)
        }

        @inline(__always)
        private mutating func compress(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        @inline(__always)
        private mutating func round() {
            v0 &+= v1
            v1 = v1 << 13 | v1 >> 51
            v1 ^= v0
            v0 = v0 << 32 | v0 >> 32
            v2 &+= v3
            v3 = v3 << 16 | v3 >> 48
            v3 ^= v2
            v0 &+= v3
            v3 = v3 << 21 | v3 >> 43
            v3 ^= v0
            v2 &+= v1
            v1 = v1 << 17 | v1 >> 47
            v1 ^= v2
            v2 = v2 << 32 | v2 >> 32
        }
    }

    init(low: UInt64, high: UInt64) {
        (self.low, self.high) = (low, high)
    }

    /// The hash of one text, as the reference implementation computes it.
    public init(of text: ByteView, key: Key) {
        var hasher = Hasher(key)
        hasher.addWords(text)
        self = hasher.finish()
    }
}
