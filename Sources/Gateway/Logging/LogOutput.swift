import Bytes

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Writes whole lines to a descriptor, however it takes them. Used by one thread.
final class LogOutput {
    private let descriptor: Int32
    /// Whether the last bytes written were not the end of a line.
    private var isWithinLine = false

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes `lines`; waits while the descriptor takes nothing.
    /// - Returns: how many lines were lost, whole or in part.
    func write(_ lines: [UInt8]) -> Int {
        lines.withView { lines in
            if isWithinLine, put(("\n" as StaticString).view) == 1 { isWithinLine = false }
            let written = isWithinLine ? 0 : put(lines)
            if written > 0 { isWithinLine = lines[written - 1] != UInt8(ascii: "\n") }
            return lines.slice(written..<lines.count).count { $0 == UInt8(ascii: "\n") }
        }
    }

    /// Writes as much of `bytes` as can be written; gives how many they were.
    private func put(_ bytes: ByteView) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(descriptor, base + written, bytes.count - written)
            if count > 0 {
                written += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&wait, 1, -1)
            default: return written
            }
        }
        return written
    }
}
