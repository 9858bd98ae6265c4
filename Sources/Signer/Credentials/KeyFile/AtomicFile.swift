import Bytes
import Glibc

/// Replaces files so that nobody ever sees half of one, not even after a power failure.
enum AtomicFile {
    /// Puts `content` where the file at `path` is, or makes it: readable and writable by its owner alone, who stays the same.
    /// What a symbolic link leads to is replaced, not the link.
    static func replace(_ path: String, with content: [UInt8]) throws(CredentialError) {
        let target = resolve(path)
        let folder = target.lastIndex(of: "/").map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        let draft = "\(target).\(getpid()).new"
        var old = stat()
        let isThere = stat(target, &old) == 0
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw fault(path, "cannot be written") }
        var isDone = false
        defer {
            close(descriptor)
            if !isDone { unlink(draft) }
        }
        if isThere, old.st_uid != geteuid() || old.st_gid != getegid(), fchown(descriptor, old.st_uid, old.st_gid) != 0 {
            throw fault(path, "belongs to another user and cannot be given back to it")
        }
        guard fchmod(descriptor, isThere ? old.st_mode & 0o640 : 0o600) == 0, write(content, to: descriptor),
            fsync(descriptor) == 0
        else { throw fault(path, "cannot be written") }
        guard rename(draft, target) == 0 else { throw fault(path, "cannot be replaced") }
        isDone = true
        let parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if parent >= 0 {
            fsync(parent)
            close(parent)
        }
    }

    /// Holds off others who change the file at `path` by this function, while `body` runs.
    static func whileLocked<Result>(
        _ path: String, _ body: () throws(CredentialError) -> Result
    ) throws(CredentialError) -> Result {
        let target = resolve(path)
        let folder = target.lastIndex(of: "/").map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(folder, "cannot be opened") }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw fault(folder, "cannot be locked") }
        }
        return try body()
    }

    private static func resolve(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func write(_ content: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < content.count {
            let count = content.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    private static func fault(_ path: String, _ reason: String) -> CredentialError {
        CredentialError(path, "\(reason): \(SecretFile.systemReason())")
    }
}
