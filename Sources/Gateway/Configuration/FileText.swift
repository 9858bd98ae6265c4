#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads small files whole: configuration, policies, input of commands.
enum FileText {
    /// Why the file could not be read, in the system's words.
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let reason: String
        var description: String { "\(path): \(reason)" }
    }

    /// The bytes of the file at `path`, at most `limit` of them.
    static func contents(of path: String, limit: Int) throws(Failure) -> [UInt8] {
        FileTrace.current?.note(path)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(path: path, reason: systemReason()) }
        defer { close(descriptor) }
        return try contents(of: descriptor, path: path, limit: limit)
    }

    /// The next bytes of `descriptor`; empty at its end. `path` is for the messages.
    static func piece(of descriptor: Int32, path: String) throws(Failure) -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count >= 0 { return Array(chunk[..<count]) }
            if errno != EINTR { throw Failure(path: path, reason: systemReason()) }
        }
    }

    private static func contents(of descriptor: Int32, path: String, limit: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let piece = try piece(of: descriptor, path: path)
            if piece.isEmpty { return bytes }
            bytes.append(contentsOf: piece)
            if bytes.count > limit { throw Failure(path: path, reason: "more than \(Quantity.text(bytes: limit))") }
        }
    }

    /// Why the file at `path` cannot be read; nil when it can.
    static func whyUnreadable(_ path: String) -> String? {
        FileTrace.current?.note(path)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return systemReason() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return systemReason() }
        return status.st_mode & S_IFMT == S_IFDIR ? "is a folder" : nil
    }

    /// Why the file at `path` cannot be run; nil when it can.
    static func whyNotRunnable(_ path: String) -> String? { access(path, X_OK) == 0 ? nil : systemReason() }

    /// The names of the files in the folder at `path` that end in `suffix`, sorted.
    static func names(in path: String, suffix: String) throws(Failure) -> [String] {
        FileTrace.current?.note(path)
        guard let folder = opendir(path) else { throw Failure(path: path, reason: systemReason()) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(suffix), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// `errno` in lower-case words.
    static func systemReason() -> String {
        strerror(errno).map { String(cString: $0).lowercased() } ?? "unknown error"
    }
}
