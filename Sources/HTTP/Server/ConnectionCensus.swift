import Synchronization

/// Counts the connections of a server, all loops together, and keeps them within its limits.
final class ConnectionCensus: Sendable {
    private struct Counts {
        var total = 0
        var perAddress: [IPAddress: Int] = [:]
    }

    private let counts = Mutex(Counts())
    private let limit: Int
    private let limitPerAddress: Int

    init(_ limits: ServerLimits) {
        limit = limits.connections
        limitPerAddress = limits.connectionsPerAddress
    }

    /// Counts one more connection of `address` (nil for a Unix socket) unless a limit is reached.
    func enter(_ address: IPAddress?) -> Bool {
        counts.withLock { counts in
            guard counts.total < limit else { return false }
            if let block = address?.block {
                let count = counts.perAddress[block, default: 0]
                guard count < limitPerAddress else { return false }
                counts.perAddress[block] = count + 1
            }
            counts.total += 1
            return true
        }
    }

    /// Takes back one `enter`.
    func leave(_ address: IPAddress?) {
        counts.withLock { counts in
            counts.total -= 1
            guard let block = address?.block, let count = counts.perAddress[block] else { return }
            counts.perAddress[block] = count > 1 ? count - 1 : nil
        }
    }

    var total: Int { counts.withLock { $0.total } }
}
