/// The public keys of an issuer, by their ids.
public final class KeySet: Sendable {
    public struct Entry: Sendable {
        public let id: String
        public let key: PublicKey
    }

    public let entries: [Entry]

    public init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// The key with exactly this id that is for `algorithm`, else any key with the id; nil when there is none.
    func key(_ id: String, for algorithm: JWTAlgorithm) -> PublicKey? {
        let named = entries.filter { $0.id.isExactly(id) }
        return named.first { $0.key.algorithm == algorithm }?.key ?? named.first?.key
    }
}
