import Bytes
import CSystem

/// Bytes of a secret in the secure heap. They have one owner, are never a `String`, and are erased when the owner lets
/// go.
public struct SecretBytes: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    public let count: Int

    /// A copy of `bytes`; erasing those is up to the caller.
    public init(copying bytes: ByteView) {
        count = bytes.count
        memory = SecureHeap.allocate(max(1, bytes.count))
        if let base = bytes.baseAddress { memory.copyMemory(from: base, byteCount: bytes.count) }
    }

    /// Takes over the bytes of `buffer`, which is left full of zeros.
    public init(erasing buffer: UnsafeMutableRawBufferPointer) {
        count = buffer.count
        memory = SecureHeap.allocate(max(1, buffer.count))
        guard let base = buffer.baseAddress else { return }
        memory.copyMemory(from: base, byteCount: buffer.count)
        csystem_cleanse(base, buffer.count)
    }

    /// Takes over the bytes of `array`, which is left empty; its memory is erased, unless other copies of the array
    /// share it.
    public init(erasing array: inout [UInt8]) {
        let memory = SecureHeap.allocate(max(1, array.count))
        array.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            memory.copyMemory(from: base, byteCount: bytes.count)
            csystem_cleanse(base, bytes.count)
        }
        count = array.count
        self.memory = memory
        array.removeAll()
    }

    /// The text of a JSON string with its escapes undone, straight from where it lies. `text` came from a scanner over
    /// `bytes`, whose erasing is up to the caller.
    init(_ text: JSONScanner.Text, of bytes: ByteView) {
        memory = SecureHeap.allocate(max(1, text.range.count))
        count = JSONText.write(text, of: bytes, to: memory.assumingMemoryBound(to: UInt8.self))
    }

    public var isEmpty: Bool { count == 0 }

    /// Calls `body` with the bytes, which are valid during the call only and must not be copied to ordinary memory.
    public borrowing func withBytes<Result, Failure: Error>(
        _ body: (ByteView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: the memory was initialised over `count` bytes by init, and this value owns it until deinit.
        try body(ByteView(start: memory.assumingMemoryBound(to: UInt8.self), count: count))
    }

    deinit { SecureHeap.release(memory, size: max(1, count)) }
}
