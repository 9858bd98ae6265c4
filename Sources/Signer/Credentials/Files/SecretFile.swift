import Bytes
import Glibc

/// A small file with secrets in it, read into memory that is cleared afterwards.
public struct SecretFile {
    /// Who else than its owner may have access to a file.
    public enum Access: Hashable, Sendable {
        case nobody
        /// Its group may read it: what Kubernetes mounts for a process that is not root cannot be had otherwise.
        case groupMayRead
        /// It is no secret of ours.
        case anybody
    }

    /// Bytes of the largest file that is read.
    public static let largest = 1 << 16

    public let content: LockedBytes
    /// What the file was like when it was read.
    public let stamp: FileStamp

    /// Reads the file at `path`.
    /// - Throws: when it cannot be read, is no regular file or too large, or when others than `access` allows have access.
    public static func read(_ path: String, access: Access = .nobody) throws(CredentialError) -> SecretFile {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw CredentialError(path, "cannot be read: \(systemReason())") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CredentialError(path, "is no regular file")
        }
        if let reason = refusal(of: status.st_mode, at: path, access) { throw CredentialError(path, reason) }
        guard status.st_size <= largest else { throw CredentialError(path, "is larger than \(largest) bytes") }
        let content = LockedBytes(capacity: Int(status.st_size))
        while content.count < Int(status.st_size) {
            var count = 0
            content.fill { room in
                count = Glibc.read(descriptor, room.baseAddress, room.count)
                return count
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
        }
        guard content.count == Int(status.st_size) else { throw CredentialError(path, "changed while it was read") }
        return SecretFile(content: content, stamp: FileStamp(status))
    }

    /// Why a file with this mode is not read; nil when it may be. systemd lets a service's user read its credentials by an
    /// access list, which looks like a right of the group.
    private static func refusal(of mode: mode_t, at path: String, _ access: Access) -> String? {
        let folder = getenv("CREDENTIALS_DIRECTORY").map { String(cString: $0) } ?? ""
        let isHandedOver = !folder.isEmpty && path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
        let forbidden: mode_t =
            switch access {
            case .nobody: isHandedOver ? 0o037 : 0o077
            case .groupMayRead: 0o037
            case .anybody: 0
            }
        guard mode & forbidden != 0 else { return nil }
        let remedy = access == .nobody ? "600" : "640"
        return "is accessible to others than its owner\(access == .nobody ? "" : " and group") (chmod \(remedy) mends that)"
    }

    /// `errno` in the system's words.
    static func systemReason() -> String { String(cString: strerror(errno)) }
}

/// By which one sees whether a file has changed: which file it is, its size, and when it was last changed.
public struct FileStamp: Hashable, Sendable {
    private let device: UInt64
    private let number: UInt64
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
        size = Int(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    /// The stamp of the file at `path` as it is now; nil when there is none.
    public init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}

extension LockedBytes {
    /// Removes a line feed, or a carriage return and line feed, at the end.
    public func trimLineEnd() {
        if withView({ $0.last == UInt8(ascii: "\n") }) { removeLast(1) }
        if withView({ $0.last == UInt8(ascii: "\r") }) { removeLast(1) }
    }
}
