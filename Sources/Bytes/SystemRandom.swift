/// Random bytes from the system's generator, fit for secrets (on Linux getrandom(2)).
public enum SystemRandom {
    /// Fills `buffer`.
    public static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        var generator = SystemRandomNumberGenerator()
        for start in stride(from: 0, to: buffer.count, by: 8) {
            let word = generator.next()
            for index in start..<min(start + 8, buffer.count) {
                buffer[index] = UInt8(truncatingIfNeeded: word >> UInt64(8 * (index - start)))
            }
        }
    }

    /// 64 random bits, for identifiers and hash seeds.
    public static func bits64() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
