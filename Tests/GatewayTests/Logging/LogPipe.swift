import Glibc

/// A pipe whose far end the test reads. Its ends are constants, and what the kernel keeps behind them is safe to share.
final class LogPipe: Sendable {
    let writing: Int32
    private let reading: Int32

    /// With `isNonBlocking` a write to the full pipe fails with EAGAIN.
    init(isNonBlocking: Bool = false) {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        (reading, writing) = (ends[0], ends[1])
        if isNonBlocking { _ = fcntl(writing, F_SETFL, O_NONBLOCK) }
        // F_SETPIPE_SZ, which Glibc's module does not show: the smallest that the kernel gives is one page.
        _ = fcntl(writing, 1031, 4096)
    }

    /// Everything up to `count` line feeds; waits for them.
    func lines(_ count: Int) -> [String] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count(where: { $0 == 10 }) < count {
            let length = read(reading, &chunk, chunk.count)
            guard length > 0 else { break }
            bytes.append(contentsOf: chunk[..<length])
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Everything up to the end, which ``closeWritingEnd()`` makes.
    func allLines() -> [String] { lines(.max) }

    func closeWritingEnd() { close(writing) }

    func closeReadingEnd() { close(reading) }
}
