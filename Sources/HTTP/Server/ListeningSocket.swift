import CSystem
import Glibc

/// A bound, listening, non-blocking socket. Whoever takes `descriptor` closes it.
struct ListeningSocket {
    var descriptor: Int32
    var address: BoundAddress

    private static let backlog: Int32 = 4096

    /// Listens on a numeric address. Sockets that are all `isShared` may have the same address and port (`SO_REUSEPORT`): the
    /// kernel spreads new connections over them.
    static func tcp(
        host: String, port: UInt16, isSecure: Bool, isShared: Bool
    ) throws(SystemError) -> ListeningSocket {
        guard let address = IPAddress(host) else { throw SystemError("listen on `\(host)`", code: EINVAL) }
        let name = "listen on \(Peer.ip(address, port: port))"
        let descriptor = socket(
            address.isIPv4 ? AF_INET : AF_INET6,
            Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError(name) }
        do throws(SystemError) {
            enable(SOL_SOCKET, SO_REUSEADDR, of: descriptor)
            if isShared { enable(SOL_SOCKET, SO_REUSEPORT, of: descriptor) }
            if !address.isIPv4 { enable(Int32(IPPROTO_IPV6), IPV6_V6ONLY, of: descriptor) }
            try address.withSocketAddress(port: port) { pointer, length throws(SystemError) in
                guard bind(descriptor, pointer, length) == 0 else { throw SystemError(name) }
            }
            guard listen(descriptor, backlog) == 0 else { throw SystemError(name) }
        } catch {
            close(descriptor)
            throw error
        }
        return ListeningSocket(
            descriptor: descriptor, address: .tcp(address, port: boundPort(descriptor) ?? port, isSecure: isSecure))
    }

    private static func enable(_ level: Int32, _ option: Int32, of descriptor: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func boundPort(_ descriptor: Int32) -> UInt16? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard getsockname(descriptor, address, &length) == 0,
                    case .ip(_, let port) = Peer(address, descriptor: -1)
                else { return nil }
                return port
            }
        }
    }

    /// Listens on a path. The file of a server that is gone is replaced; that of a live one is not.
    static func unix(path: String, mode: UInt32) throws(SystemError) -> ListeningSocket {
        let name = "listen on \(path)"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            guard path.utf8.count < bytes.count, !path.isEmpty else { return false }
            bytes.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { throw SystemError(name, code: ENAMETOOLONG) }
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw SystemError(name) }
        do throws(SystemError) {
            try withSocketAddress(address) { pointer, length throws(SystemError) in
                if bind(descriptor, pointer, length) != 0 {
                    guard errno == EADDRINUSE, isStale(pointer, length, path), unlink(path) == 0,
                        bind(descriptor, pointer, length) == 0
                    else { throw SystemError(name) }
                }
            }
            guard chmod(path, mode) == 0, listen(descriptor, backlog) == 0 else { throw SystemError(name) }
        } catch {
            close(descriptor)
            throw error
        }
        return ListeningSocket(descriptor: descriptor, address: .unix(path: path))
    }

    /// Whether `path` is a socket that nobody listens on. `errno` stays what it was.
    private static func isStale(_ address: UnsafePointer<sockaddr>, _ length: socklen_t, _ path: String) -> Bool {
        let code = errno
        defer { errno = code }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return false }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { return false }
        defer { close(probe) }
        return connect(probe, address, length) != 0 && errno == ECONNREFUSED
    }

    private static func withSocketAddress(
        _ address: sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Void
    ) throws(SystemError) {
        var address = address
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                Result { () throws(SystemError) in try body(pointer, length) }
            }
        }
        try result.get()
    }
}

extension IPAddress {
    fileprivate func withSocketAddress(
        port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Void
    ) throws(SystemError) {
        // sockaddr_in or sockaddr_in6, laid out by hand: family, port, then address, in network order.
        let result = withUnsafeTemporaryAllocation(byteCount: 28, alignment: 8) { bytes in
            bytes.initializeMemory(as: UInt8.self, repeating: 0)
            bytes.storeBytes(of: sa_family_t(isIPv4 ? AF_INET : AF_INET6), as: sa_family_t.self)
            bytes.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
            if isIPv4 {
                bytes.storeBytes(of: UInt32(truncatingIfNeeded: low).bigEndian, toByteOffset: 4, as: UInt32.self)
            } else {
                bytes.storeBytes(of: high.bigEndian, toByteOffset: 8, as: UInt64.self)
                bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt64.self)
            }
            return Result { () throws(SystemError) in
                guard let base = bytes.baseAddress else { throw SystemError("allocate", code: ENOMEM) }
                try body(base.assumingMemoryBound(to: sockaddr.self), isIPv4 ? 16 : 28)
            }
        }
        try result.get()
    }
}
