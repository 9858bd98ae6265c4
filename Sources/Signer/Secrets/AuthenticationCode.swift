import Bytes
import CSystem

/// The result of an HMAC: 20 bytes of SHA-1 or 32 of SHA-256.
public struct AuthenticationCode: Sendable {
    private var storage: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    public let count: Int

    init(count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        self.count = count
        withUnsafeMutableBytes(of: &storage) { bytes in
            if let base = bytes.bindMemory(to: UInt8.self).baseAddress { fill(base) }
        }
    }

    /// Calls `body` with the bytes, valid during the call only.
    public func withBytes<Result>(_ body: (ByteView) -> Result) -> Result {
        withUnsafeBytes(of: storage) { $0.withMemoryRebound(to: UInt8.self) { body($0.slice(0..<count)) } }
    }

    /// Whether the code is exactly `other`, compared in constant time.
    public func equals(_ other: ByteView) -> Bool {
        withBytes { $0.equalsInConstantTime(other) }
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// Whether both views hold the same bytes. Only their lengths show in the time it takes.
    func equalsInConstantTime(_ other: ByteView) -> Bool {
        guard count == other.count, let left = baseAddress, let right = other.baseAddress else {
            return count == other.count
        }
        return csystem_equal(left, right, count) != 0
    }
}
