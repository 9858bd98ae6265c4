import Bytes
import CSystem
import Synchronization

/// The nonces of the calls that were accepted, each kept until its call would be refused for its time anyway. Safe from
/// any thread; bounded: when it is full, calls are refused rather than nonces forgotten.
public final class NonceStore: Sendable {
    public enum Outcome: Sendable { case fresh, used, full }

    private struct Contents {
        var known: Set<UInt128> = []
        /// The same by the minute after which they are forgotten.
        var minutes: [Int64: [UInt128]] = [:]
        var oldestMinute = Int64.max
    }

    private let capacity: Int
    private let contents = Mutex(Contents())

    /// Remembers at most `capacity` nonces, of some 50 bytes each.
    public init(capacity: Int = 1 << 18) {
        self.capacity = capacity
    }

    /// Takes note of the nonce of a call with the key `keyId`, which is refused for its time after `expiry`.
    public func insert(_ nonce: ByteView, keyId: ByteView, expiry: Timestamp, now: Timestamp) -> Outcome {
        let digest = Self.digest(nonce, keyId)
        let minute = expiry.secondsSinceEpoch / 60
        return contents.withLock { contents in
            Self.forget(before: now.secondsSinceEpoch / 60, &contents)
            if contents.known.contains(digest) { return .used }
            guard contents.known.count < capacity else { return .full }
            contents.known.insert(digest)
            contents.minutes[minute, default: []].append(digest)
            contents.oldestMinute = min(contents.oldestMinute, minute)
            return .fresh
        }
    }

    /// Nonces that are remembered.
    public var count: Int { contents.withLock(\.known.count) }

    private static func forget(before minute: Int64, _ contents: inout Contents) {
        guard contents.oldestMinute < minute else { return }
        for (expired, digests) in contents.minutes where expired < minute {
            contents.known.subtract(digests)
            contents.minutes[expired] = nil
        }
        contents.oldestMinute = contents.minutes.keys.min() ?? .max
    }

    /// Half of a SHA-256, so that nobody finds two nonces that look like one.
    private static func digest(_ nonce: ByteView, _ keyId: ByteView) -> UInt128 {
        var hash = csystem_hash()
        csystem_sha256_begin(&hash)
        csystem_sha256_update(&hash, keyId.baseAddress, keyId.count)
        csystem_sha256_update(&hash, "\n", 1)
        csystem_sha256_update(&hash, nonce.baseAddress, nonce.count)
        let digest = AuthenticationCode(count: 32) { csystem_sha256_end(&hash, $0) }
        return digest.withBytes { bytes in bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) } }
    }
}
