import HTTP

/// The upstream clients of one loop, by what sets them apart: accounts that go the same way share one, and a new
/// configuration goes on with those that there are, connections included.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: touched on its loop, or before the loop starts.
final class LoopClients: @unchecked Sendable {
    let loop: EventLoop
    private var clients: [ClientConfiguration: Client] = [:]

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    func client(_ kind: ClientConfiguration) throws(SystemError) -> Client {
        if let client = clients[kind] { return client }
        let client = try Client(loop: loop, configuration: kind)
        clients[kind] = client
        return client
    }

    /// One client for each of `kinds`, in their order.
    func clients(_ kinds: [ClientConfiguration]) throws(SystemError) -> [Client] {
        var result: [Client] = []
        for kind in kinds { result.append(try client(kind)) }
        return result
    }
}
