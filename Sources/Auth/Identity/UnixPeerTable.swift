import Bytes

/// A process at the other end of a Unix socket, as the kernel vouches for it.
public struct UnixPeer: Hashable, Sendable {
    public var uid: UInt32
    /// Its effective group; further groups of the process are not known.
    public var gid: UInt32

    public init(uid: UInt32, gid: UInt32) {
        self.uid = uid
        self.gid = gid
    }

    /// What the kernel says when it does not know.
    static let nobody = UInt32.max
}

/// Callers who are processes of this machine: by user first, then by group.
public final class UnixPeerTable: IdentitySource {
    private let users: [UInt32: Caller]
    private let groups: [UInt32: Caller]

    /// Each user and each group stands for one principal.
    public init(users: [UInt32: Principal], groups: [UInt32: Principal]) {
        self.users = users.reduce(into: [:]) { $0[$1.key] = Self.caller($1.value, "uid=\($1.key)") }
        self.groups = groups.reduce(into: [:]) { $0[$1.key] = Self.caller($1.value, "gid=\($1.key)") }
    }

    public func identify(_ evidence: Evidence, at now: Timestamp) -> IdentityResult {
        guard let peer = evidence.unixPeer else { return .notMine }
        if peer.uid != UnixPeer.nobody, let caller = users[peer.uid] { return .caller(caller) }
        if peer.gid != UnixPeer.nobody, let caller = groups[peer.gid] { return .caller(caller) }
        return .notMine
    }

    private static func caller(_ principal: Principal, _ credential: String) -> Caller {
        Caller(principal: principal, kind: .unixPeer, credential: credential)
    }
}
