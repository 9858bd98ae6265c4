import Foundation
import Synchronization

@testable import Gateway

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

    /// Everything up to `count` line feeds or the end; waits for them.
    func lines(_ count: Int = .max) -> [String] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        var feeds = 0
        while feeds < count {
            let length = read(reading, &chunk, chunk.count)
            guard length > 0 else { break }
            bytes.append(contentsOf: chunk[..<length])
            feeds += chunk[..<length].count { $0 == 10 }
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Reads up to the end, which ``closeWritingEnd()`` makes, by a thread of its own: one of the pool's might be missing
    /// to those that write.
    func linesInBackground() -> Reading {
        let result = Reading()
        Thread.detachNewThread { [self] in result.finish(lines()) }
        return result
    }

    final class Reading: Sendable {
        private let result = Mutex<[String]>([])
        private let isDone = Signal()

        func finish(_ lines: [String]) {
            result.withLock { $0 = lines }
            isDone.raise()
        }

        /// Waits for the end of the pipe.
        func lines() -> [String] {
            isDone.wait()
            return result.withLock { $0 }
        }
    }

    func closeWritingEnd() { close(writing) }

    func closeReadingEnd() { close(reading) }
}
