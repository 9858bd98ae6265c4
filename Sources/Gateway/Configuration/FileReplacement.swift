import Glibc

extension FileText {
    /// Replaces the contents of the file at `path` in one step: readers see the old ones or the new ones. Mode and owner
    /// stay; of a symbolic link the file that it leads to is replaced.
    static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
        guard let resolved = realpath(path, nil) else { throw Failure(path: path, reason: systemReason()) }
        let target = String(cString: resolved)
        free(resolved)
        var status = stat()
        guard stat(target, &status) == 0 else { throw Failure(path: path, reason: systemReason()) }
        let temporary = "\(target).new-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status.st_mode & 0o777)
        guard descriptor >= 0 else { throw Failure(path: temporary, reason: systemReason()) }
        // As far as one may: who is not root cannot give a file away.
        _ = fchown(descriptor, status.st_uid, status.st_gid)
        _ = fchmod(descriptor, status.st_mode & 0o777)
        let isWritten = write(bytes, to: descriptor) && fsync(descriptor) == 0
        let reason = systemReason()
        close(descriptor)
        guard isWritten else {
            unlink(temporary)
            throw Failure(path: temporary, reason: reason)
        }
        guard rename(temporary, target) == 0 else {
            let failure = Failure(path: target, reason: systemReason())
            unlink(temporary)
            throw failure
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
