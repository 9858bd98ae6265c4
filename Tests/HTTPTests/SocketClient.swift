import Bytes
import Glibc

@testable import HTTP

/// A client that sends bytes as they are and shows what comes back.
final class SocketClient {
    let descriptor: Int32

    struct Failure: Error {
        var operation: String
        var code = errno
    }

    /// Connects to 127.0.0.1.
    init(port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, 1, 0)
        if var size = receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try connect(&address)
    }

    /// Connects to a Unix socket.
    init(path: String) throws {
        descriptor = socket(AF_UNIX, 1, 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        try connect(&address)
    }

    private func connect<Address>(_ address: inout Address) throws {
        let length = socklen_t(MemoryLayout<Address>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, length) }
        }
        guard result == 0 else { throw Failure(operation: "connect") }
    }

    deinit {
        close(descriptor)
    }

    /// Each character is one byte.
    func send(_ text: String) {
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func closeSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// What arrives until the peer closes; nil when it does not within the time limit.
    func receiveAll() async -> String? {
        var text = ""
        while true {
            guard let more = await receive() else { return nil }
            if more.isEmpty { return text }
            text += more
        }
    }

    /// What arrives next, empty at the end; nil when nothing does within the time limit, or the connection was reset.
    func receive() async -> String? {
        var buffer = [UInt8](repeating: 0, count: 262_144)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count >= 0 {
                return String(String.UnicodeScalarView(buffer[..<count].map { Unicode.Scalar($0) }))
            }
            guard errno == EAGAIN, await Patience.isReadable(descriptor) else { return nil }
        }
    }

    /// The number of bytes that arrive until the peer closes.
    func countAll() async -> Int {
        var buffer = [UInt8](repeating: 0, count: 262_144)
        var total = 0
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                total += count
            } else {
                guard count < 0, errno == EAGAIN, await Patience.isReadable(descriptor) else { return total }
            }
        }
    }

    /// One response with a Content-Length, or without a body when `isHead`.
    func receiveResponse(isHead: Bool = false) async -> String? {
        var text = ""
        while true {
            if let end = text.range(of: "\r\n\r\n") {
                let length = isHead ? 0 : Self.header("Content-Length", of: text).flatMap { Int($0) } ?? 0
                if text[end.upperBound...].unicodeScalars.count >= length { return text }
            }
            guard let more = await receive(), !more.isEmpty else { return text.isEmpty ? nil : text }
            text += more
        }
    }

    static func header(_ name: String, of response: String) -> String? {
        for line in response.split(separator: "\r\n", omittingEmptySubsequences: false) {
            if line.isEmpty { return nil }
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == name.lowercased() {
                return String(parts[1].drop { $0 == " " })
            }
        }
        return nil
    }

    static func status(of response: String) -> Int? {
        guard response.hasPrefix("HTTP/1.1 ") else { return nil }
        return Int(response.dropFirst(9).prefix(3))
    }
}

extension String {
    fileprivate func range(of other: String) -> Range<String.Index>? {
        // Compared by scalars: "\r\n" is one character otherwise.
        let scalars = Array(unicodeScalars)
        let wanted = Array(other.unicodeScalars)
        guard scalars.count >= wanted.count else { return nil }
        for start in 0...(scalars.count - wanted.count) where scalars[start..<(start + wanted.count)] == wanted[...] {
            let lower = unicodeScalars.index(startIndex, offsetBy: start)
            return lower..<unicodeScalars.index(lower, offsetBy: wanted.count)
        }
        return nil
    }
}

/// Waiting without holding a thread, and not for ever: a test that waits longer than the limit has failed.
enum Patience {
    static let limit: UInt64 = 30_000_000_000

    private static let loop = Result { () throws(SystemError) in
        let loop = try EventLoop(name: "patience")
        try loop.start()
        return loop
    }

    static func isReadable(_ descriptor: Int32) async -> Bool {
        guard case .success(let loop) = loop else { return false }
        return await withCheckedContinuation { continuation in
            loop.submit {
                let watch = Confined<Watch?>(nil)
                let timer = loop.schedule(at: loop.now + limit) {
                    watch.value?.cancel()
                    continuation.resume(returning: false)
                }
                watch.value = try? loop.watch(descriptor, .readable) { _ in
                    watch.value?.cancel()
                    loop.cancel(timer)
                    continuation.resume(returning: true)
                }
            }
        }
    }

    /// Looks every millisecond whether `condition` holds; false when it does not within the limit.
    static func eventually(_ condition: () -> Bool) async -> Bool {
        let end = SystemClock.monotonic + limit
        while !condition() {
            guard SystemClock.monotonic < end, case .success(let loop) = loop else { return false }
            await withCheckedContinuation { continuation in
                loop.submit { _ = loop.schedule(at: loop.now + 1_000_000) { continuation.resume() } }
            }
        }
        return true
    }
}
