import Bytes

/// Memory with a fixed address for what libcurl reads of a request: pieces one after another, NUL behind each.
struct OutgoingBuffer: ~Copyable {
    /// The room that is kept between calls, in bytes.
    private static let usualCapacity = 2048

    private var capacity = usualCapacity
    private var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: usualCapacity)
    private var used = 0

    deinit { memory.deallocate() }

    /// Drops what was copied and makes room for `size` bytes, the NULs included.
    mutating func reset(size: Int) {
        used = 0
        // The room of an unusually large request is given back by the next.
        guard size > capacity || capacity > 16 * Self.usualCapacity else { return }
        memory.deallocate()
        capacity = max(size, Self.usualCapacity)
        memory = .allocate(capacity: capacity)
    }

    /// Copies `prefix` and `bytes` as one piece and adds a NUL. The pointer is valid until the next ``reset(size:)``.
    ///
    /// INVARIANT: all pieces together fit into the size that was given to ``reset(size:)``.
    mutating func append(_ bytes: ByteView, after prefix: StaticString = "") -> UnsafeMutablePointer<CChar> {
        let start = used
        precondition(prefix.view.count + bytes.count < capacity - used, "more than the room made")
        copy(prefix.view)
        copy(bytes)
        memory[used] = 0
        used += 1
        // A C character has the size and alignment of a byte.
        return UnsafeMutableRawPointer(memory + start).assumingMemoryBound(to: CChar.self)
    }

    private mutating func copy(_ bytes: ByteView) {
        _ = UnsafeMutableBufferPointer(start: memory + used, count: bytes.count).update(fromContentsOf: bytes)
        used += bytes.count
    }
}
