import Bytes
import CSystem
import Glibc

/// For servers that misbehave on purpose, as the simulated cloud does in tests. Plain TCP and Unix sockets only.
extension Exchange {
    /// Writes bytes to the socket as they are, past the response that HTTP would have. Returns false when the caller takes no
    /// more. The exchange must then end with ``disconnect()``.
    public func writeRaw(_ bytes: ByteView) -> Bool {
        assert(loop.isCurrent)
        guard let connection, !connection.isSecure, stage == .handling else { return false }
        return send(connection.descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// Ends the connection without a response.
    public func disconnect() {
        assert(loop.isCurrent)
        guard stage == .handling else { return }
        closesConnection = true
        connection?.disconnect()
        respond(status: 500)
    }
}
