import Bytes
import CSystem
import Glibc

/// The key in a profile of the vendor's ini file. Only profiles of type `access_key` can be used.
///
/// The file must not be accessible to anybody but its owner. It is read once; its bytes are erased.
public struct FileCredentials: CredentialProvider {
    public let source: String
    private let credentials: Credentials

    /// The largest file that is read.
    static let largestFile = 1 << 16

    /// Reads `profile` of the file at `path`. Where they are nil, `ALIBABA_CLOUD_CREDENTIALS_FILE` and
    /// `ALIBABA_CLOUD_PROFILE` serve, and without those `~/.alibabacloud/credentials`,
    /// `~/.alibabacloud/credentials.ini` and `default`.
    public init(path: String? = nil, profile: String? = nil) throws(CredentialError) {
        let named = path ?? Self.environment("ALIBABA_CLOUD_CREDENTIALS_FILE")
        let path = if let named { named } else { try Self.standardPath() }
        let profile = profile ?? Self.environment("ALIBABA_CLOUD_PROFILE") ?? "default"
        source = path
        var content = try Self.read(path)
        defer { content.withUnsafeMutableBytes { csystem_cleanse($0.baseAddress, $0.count) } }
        credentials = try content.withView { (bytes) throws(CredentialError) in
            Credentials(key: try CredentialFile(bytes, path: path).accessKey(of: profile))
        }
    }

    public func current() -> Credentials { credentials }

    /// A variable's value; nil when it is absent or empty.
    private static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// The first of the two places where the vendor's SDKs look that has a file; the first when neither has.
    private static func standardPath() throws(CredentialError) -> String {
        let names = ["credentials", "credentials.ini"]
        guard let home = environment("HOME") else {
            throw CredentialError("~/.alibabacloud/\(names[0])", "cannot be found: HOME is not set")
        }
        let folder = home + "/.alibabacloud/"
        return folder + (names.first { access(folder + $0, F_OK) == 0 } ?? names[0])
    }

    /// The file's content, which the caller erases.
    private static func read(_ path: String) throws(CredentialError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw CredentialError(path, "cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CredentialError(path, "is no regular file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw CredentialError(path, "is accessible to others than its owner (chmod 600 mends that)")
        }
        guard status.st_size <= largestFile else {
            throw CredentialError(path, "is larger than \(largestFile) bytes")
        }
        var content = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < content.count {
            let received = content.withUnsafeMutableBytes { memory in
                Glibc.read(descriptor, memory.baseAddress.map { $0 + filled }, memory.count - filled)
            }
            if received < 0, errno == EINTR { continue }
            guard received > 0 else { break }
            filled += received
        }
        guard filled == content.count else {
            content.withUnsafeMutableBytes { csystem_cleanse($0.baseAddress, $0.count) }
            throw CredentialError(path, "changed while it was read")
        }
        return content
    }
}
