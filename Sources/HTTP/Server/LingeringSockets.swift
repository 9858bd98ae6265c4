import CSystem
import Glibc

/// Sockets whose connection is over on our side while the caller may still be sending.
///
/// Closing a socket with unread bytes makes the kernel reset the connection, and the caller's system then throws away the
/// response that says what was wrong. So what still arrives is read and forgotten, within bounds.
final class LingeringSockets {
    private final class Entry {
        let descriptor: Int32
        let deadline: UInt64
        var watch: Watch?
        var bytesLeft = 16 << 20

        init(_ descriptor: Int32, deadline: UInt64) {
            self.descriptor = descriptor
            self.deadline = deadline
        }
    }

    private static let capacity = 256
    private static let time: UInt64 = 2_000_000_000

    private let loop: EventLoop
    private var entries: [Entry] = []

    init(loop: EventLoop) {
        self.loop = loop
    }

    /// Takes a duplicate of a socket that is about to be closed.
    func add(_ descriptor: Int32) {
        guard entries.count < Self.capacity else { return }
        let copy = duplicate_descriptor(descriptor)
        guard copy >= 0 else { return }
        let entry = Entry(copy, deadline: loop.now &+ Self.time)
        entry.watch = try? loop.watch(copy, [.readable, .peerClosed]) { [unowned self, unowned entry] _ in drain(entry) }
        guard entry.watch != nil else {
            close(copy)
            return
        }
        entries.append(entry)
        shutdown(copy, Int32(SHUT_WR))
        drain(entry)
    }

    /// Closes those whose time is over.
    func sweep() {
        for entry in entries where entry.deadline <= loop.now { remove(entry) }
    }

    func closeAll() {
        for entry in entries { remove(entry) }
    }

    private func drain(_ entry: Entry) {
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
            while true {
                let count = recv(entry.descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
                if count > 0 {
                    entry.bytesLeft -= count
                    if entry.bytesLeft < 0 { return remove(entry) }
                } else {
                    if count == 0 || errno != EAGAIN { remove(entry) }
                    return
                }
            }
        }
    }

    private func remove(_ entry: Entry) {
        entry.watch?.cancel()
        close(entry.descriptor)
        entries.removeAll { $0 === entry }
    }
}
