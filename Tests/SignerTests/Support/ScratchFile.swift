import Glibc

/// A file of its own for a test, removed with it.
final class ScratchFile: Sendable {
    let path: String

    init(_ content: String? = nil, mode: mode_t = 0o600) {
        path = "/tmp/signer-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        if let content { write(content, mode: mode) }
    }

    func write(_ content: String, mode: mode_t = 0o600) { write(Array(content.utf8), mode: mode) }

    func write(_ content: [UInt8], mode: mode_t = 0o600) {
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, mode)
        _ = content.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        fchmod(descriptor, mode)
        close(descriptor)
    }

    var bytes: [UInt8] {
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &buffer, buffer.count)
        return Array(buffer.prefix(max(0, count)))
    }

    deinit { unlink(path) }
}
