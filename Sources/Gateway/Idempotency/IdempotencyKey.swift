import Bytes
import HTTP
import Signer

/// An `Idempotency-Key` of a write, in the scope of its principal, route and account.
struct IdempotencyKey: Sendable {
    /// Longest key taken, in bytes.
    static let longest = 255

    /// SHA-256 over principal, account, operation, route and the header's value.
    let scope: [UInt8]
    /// SHA-256 over everything that was bound: the same request has the same one.
    let fingerprint: [UInt8]
    /// Whether the cloud itself recognises a repetition, by a ClientToken that is derived from the key.
    let isDerived: Bool

    /// Nil when the request has no key.
    init?(_ exchange: Exchange, _ call: Call) throws(Problem) {
        guard let value = exchange.header(.idempotencyKey) else { return nil }
        guard !value.isEmpty, value.count <= Self.longest, value.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Problem(faults: [
                .init(
                    location: "Idempotency-Key", reason: "is empty, too long, or has other than printable ASCII characters",
                    allowed: "1 to \(Self.longest) printable ASCII characters")
            ])
        }
        guard let operation = call.bound.operation else { throw .internalError }
        var text: [UInt8] = []
        for part in [
            call.caller?.principal.name ?? "", call.account?.name ?? "", operation.entry.product, operation.entry.action,
        ] {
            text.append(text: part)
            text.append(0)
        }
        text.append(decimal: call.bound.routeIndex)
        text.append(0)
        var content = text
        text.append(value)
        scope = text.withView(Digest.sha256)
        call.bound.appendCacheKey(to: &content)
        fingerprint = content.withView(Digest.sha256)
        isDerived = operation.entry.idempotency.map { !call.bound.has($0) } ?? false
    }
}
