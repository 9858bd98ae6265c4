/// What the client knows of one descriptor that libcurl uses.
struct SocketState {
    /// The loop's watch, kept while a connection is idle: the next call on it then costs no system call to watch it again.
    var watch: Watch?
    /// What the loop watches for.
    var armed: Interest = []
    /// What libcurl wants to know; empty while the connection is idle.
    var wanted: Interest = []
    /// Whether it is a connection opened by ``Client/openSocket(_:)``, which libcurl closes by ``Client/closeSocket(_:)``
    /// only. Others (the resolver's) vanish without a word.
    var isConnection = false
}
