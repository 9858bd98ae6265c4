import CSystem
import Glibc
import Synchronization

/// The process's memory for secrets: locked against swapping, guarded, left out of core dumps, cleared on release.
///
/// Where the system refuses that, secrets are kept in ordinary memory, still cleared on release, and ``warning`` says
/// so.
public enum SecureHeap {
    private static let wantedSize = 1 << 20
    private static let smallestSize = 1 << 14

    /// 1: locked, 2: a heap that could not be locked or guarded, 0: none.
    private static let creation: Int32 = csystem_secure_heap_create(affordableSize)
    private static let hasOverflowed = Atomic<Bool>(false)

    /// Why secrets are less protected than they should be, for the log at start-up and for readiness; nil when all is
    /// well.
    public static var warning: String? {
        if creation == 0 {
            return "no secure heap: secrets are kept in ordinary memory that may be swapped out or dumped"
        }
        if creation != 1 {
            return "the memory for secrets could not be locked (see RLIMIT_MEMLOCK): it may be swapped out"
        }
        if hasOverflowed.load(ordering: .relaxed) {
            return "the secure heap is full: some secrets are kept in ordinary memory that may be swapped out or dumped"
        }
        return nil
    }

    /// Half of what the process may lock, as a power of two, and no more than is wanted.
    private static var affordableSize: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit) == 0 else { return smallestSize }
        var size = wantedSize
        while size > smallestSize, UInt64(size) * 2 > limit.rlim_cur { size /= 2 }
        return size
    }

    /// Cleared memory for `size` bytes, to be given back to ``release(_:size:)``.
    static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
        if creation != 0, let memory = csystem_secure_allocate(size) { return memory }
        if creation != 0 { hasOverflowed.store(true, ordering: .relaxed) }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        return memory
    }

    static func release(_ memory: UnsafeMutableRawPointer, size: Int) {
        if csystem_secure_owns(memory) != 0 {
            csystem_secure_release(memory, size)
        } else {
            csystem_cleanse(memory, size)
            memory.deallocate()
        }
    }
}
