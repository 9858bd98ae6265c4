import CSystem
import Glibc

/// Who is at the other end of a connection.
public enum Peer: Hashable, Sendable {
    case ip(IPAddress, port: UInt16)
    /// A process on this machine, by the credentials that the kernel vouches for (`SO_PEERCRED`); the largest numbers and
    /// process 0 when it does not.
    case unix(uid: UInt32, gid: UInt32, pid: Int32)

    init(_ address: UnsafePointer<sockaddr>?, descriptor: Int32) {
        if let address, let ip = IPAddress(address) {
            // The port stands at the same place for both families.
            let port = UnsafeRawPointer(address).loadUnaligned(fromByteOffset: 2, as: UInt16.self)
            self = .ip(ip, port: UInt16(bigEndian: port))
            return
        }
        var (uid, gid, pid) = (UInt32.max, UInt32.max, Int32(0))
        _ = peer_credentials(descriptor, &uid, &gid, &pid)
        self = .unix(uid: uid, gid: gid, pid: pid)
    }
}

extension Peer: CustomStringConvertible {
    /// `192.0.2.1:40000`, `[2001:db8::1]:40000` or `uid=1000 pid=77`.
    public var description: String {
        switch self {
        case .ip(let address, let port): address.isIPv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
        case .unix(let uid, _, let pid): "uid=\(uid) pid=\(pid)"
        }
    }
}
