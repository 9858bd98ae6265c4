#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Memory for bytes that must not outlive their use, such as an answer with a secret in it: pages of its own, locked
/// against swapping as far as the system allows, left out of core dumps, cleared before they go.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: whoever makes it fills it, alone, and hands it on filled.
public final class LockedBytes: @unchecked Sendable {
    /// How many bytes there is room for. The memory never moves, so that no copy stays behind.
    public let capacity: Int
    public private(set) var count = 0
    private let memory: UnsafeMutableRawPointer
    private let isMapped: Bool

    /// Room for `capacity` bytes, none of them used.
    public init(capacity: Int) {
        self.capacity = max(1, capacity)
        let pages = mmap(nil, self.capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        if let pages, pages != MAP_FAILED {
            memory = pages
            isMapped = true
            mlock(pages, self.capacity)
            madvise(pages, self.capacity, MADV_DONTDUMP)
        } else {
            memory = .allocate(byteCount: self.capacity, alignment: 16)
            isMapped = false
        }
    }

    /// A copy of `bytes`; clearing those is up to the caller.
    public convenience init(copying bytes: ByteView) {
        self.init(capacity: bytes.count)
        append(bytes)
    }

    deinit {
        removeAll()
        if isMapped { munmap(memory, capacity) } else { memory.deallocate() }
    }

    public var isEmpty: Bool { count == 0 }

    /// Appends a copy of `bytes`. False, and nothing appended, when there is no room for all of them.
    @discardableResult
    public func append(_ bytes: ByteView) -> Bool {
        guard bytes.count <= capacity - count else { return false }
        if let base = bytes.baseAddress { (memory + count).copyMemory(from: base, byteCount: bytes.count) }
        count += bytes.count
        return true
    }

    /// Appends one byte; false when there is no room.
    @discardableResult
    public func append(_ byte: UInt8) -> Bool {
        guard count < capacity else { return false }
        memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
        return true
    }

    /// Calls `body` with the memory that is free. It returns how many bytes it wrote at the beginning of that, which then
    /// belong to the content; less than none counts as none.
    @discardableResult
    public func fill<Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        let room = capacity - count
        let written = try body(UnsafeMutableRawBufferPointer(start: memory + count, count: room))
        let taken = min(max(0, written), room)
        count += taken
        return taken
    }

    /// Removes `number` bytes at the end, clearing them.
    public func removeLast(_ number: Int) {
        let removed = min(max(0, number), count)
        count -= removed
        explicit_bzero(memory + count, removed)
    }

    /// Clears everything.
    public func removeAll() {
        count = 0
        explicit_bzero(memory, capacity)
    }

    /// Calls `body` with the bytes, which are valid during the call only and must not be copied to ordinary memory.
    public func withView<Result: ~Copyable, Failure: Error>(
        _ body: (ByteView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: the first `count` bytes were written by `append` or `fill`.
        try body(ByteView(start: memory.assumingMemoryBound(to: UInt8.self), count: count))
    }
}

extension LockedBytes: CustomStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: ["count": count]) }
}

extension UnsafeMutableRawBufferPointer {
    /// Overwrites the memory with zeros, in a way that the compiler does not leave out.
    public func clear() {
        if let baseAddress { explicit_bzero(baseAddress, count) }
    }
}
