import Auth
import Bytes
import HTTP
import Routes

/// What the way of a request came to, kept for the next request that is the same to the byte: who calls, that the policies
/// allow it, and under which key the cache has the answer. Dashboards ask the same again and again.
///
/// Only what cannot have changed is kept: an allowed read by an API token whose policies ask for nothing but action and
/// resource. It ends with the token, and with the policies, since every configuration has pipelines of its own. Nothing of
/// the request is kept either, in whose place a keyed hash stands. Used on its loop's thread only.
final class RequestMemo {
    final class Entry {
        let account: CloudAccount
        let caller: Caller
        let operation: Routes.Operation
        let name: ActionName
        let decision: Decision
        let cacheKey: [UInt8]

        /// Nil when the call is none whose way may be kept.
        init?(_ call: Call) {
            guard let account = call.account, let caller = call.caller, let operation = call.bound.operation,
                let name = call.action, let decision = call.decision, decision.isAllowed, operation.entry.kind == .read,
                caller.kind == .token,
                caller.principal.policies.isUnconditional
            else { return nil }
            self.account = account
            self.caller = caller
            self.operation = operation
            self.name = name
            self.decision = decision
            cacheKey = call.cacheKey
        }
    }

    private static let slotCount = 1024
    private static let longestTarget = 2048
    private let key = KeyedHash.Key.random
    private var slots: [(hash: KeyedHash, entry: Entry)?] = Array(repeating: nil, count: slotCount)

    /// The hash of what decides about the request; nil for a request whose way is not kept.
    func hash(_ exchange: Exchange) -> KeyedHash? {
        guard exchange.method == .get, exchange.body.isEmpty, exchange.target.count <= Self.longestTarget,
            let authorization = exchange.header(.authorization)
        else { return nil }
        var hasher = KeyedHash.Hasher(key)
        hasher.add(exchange.target)
        hasher.add(authorization)
        hasher.add(exchange.header(.accept))
        hasher.add(exchange.header(.xAccount))
        return hasher.finish()
    }

    /// What is kept of the request with this hash, as long as its credentials are good at `now`.
    func find(_ hash: KeyedHash, at now: Timestamp) -> Entry? {
        guard let (found, entry) = slots[Self.slot(of: hash)], found == hash else { return nil }
        return entry.caller.isStillGood(at: now) ? entry : nil
    }

    /// Keeps the way of a request, in place of what had its slot.
    func keep(_ entry: Entry, _ hash: KeyedHash) {
        slots[Self.slot(of: hash)] = (hash, entry)
    }

    private static func slot(of hash: KeyedHash) -> Int { Int(truncatingIfNeeded: hash.low % UInt64(slotCount)) }
}

extension KeyedHash.Hasher {
    /// Adds a header that may be absent, which is told from an empty one.
    fileprivate mutating func add(_ header: ByteView?) {
        add(header == nil ? 0 : 1)
        if let header { add(header) }
    }
}
