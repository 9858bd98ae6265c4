import Glibc

/// What files looked like at one time, to see later whether any of them was changed, replaced, added or removed. Symbolic
/// links are followed, as what they lead to is what is read.
struct FileStamps: Equatable {
    private struct Stamp: Equatable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int
    }

    /// Nil where there is nothing to be seen.
    private let stamps: [Stamp?]

    init(of paths: [String]) {
        stamps = paths.map { path in
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            return Stamp(
                device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
                seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
        }
    }
}
