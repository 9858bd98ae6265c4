import Bytes

/// A stored token and whose it is.
public struct TokenGrant: Sendable {
    public let hash: TokenHash
    public let principal: Principal
    /// What people call the token, in lists and in the audit log.
    public let name: String?
    /// The first instant at which it is no longer accepted; nil for never.
    public let expiry: Timestamp?

    public init(hash: TokenHash, principal: Principal, name: String? = nil, expiry: Timestamp? = nil) {
        self.hash = hash
        self.principal = principal
        self.name = name
        self.expiry = expiry
    }
}

/// One token that was given to two principals, or twice to one.
public struct DuplicateTokenFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let principals: [String]

    public var description: String {
        "the same token is given twice, to \(principals.map { "`\($0)`" }.joined(separator: " and "))"
    }
}

/// All API tokens. Immutable; a lookup hashes the token and allocates nothing.
public final class TokenTable: IdentitySource {
    private let grants: [TokenGrant]
    private let hashes: [TokenHash]
    /// Open addressing by the digest's first word, at most half full; the index of a grant, or ``empty``.
    private let slots: [UInt32]

    private static let empty = UInt32.max

    public init(_ grants: [TokenGrant]) throws(DuplicateTokenFault) {
        var capacity = 2
        while capacity < grants.count * 2 { capacity *= 2 }
        var slots = [UInt32](repeating: Self.empty, count: capacity)
        for (index, grant) in grants.enumerated() {
            var place = Int(truncatingIfNeeded: grant.hash.words.0) & (capacity - 1)
            while slots[place] != Self.empty {
                let other = grants[Int(slots[place])]
                guard other.hash != grant.hash else {
                    throw DuplicateTokenFault(principals: [other.principal.name, grant.principal.name])
                }
                place = (place + 1) & (capacity - 1)
            }
            slots[place] = UInt32(index)
        }
        self.grants = grants
        self.slots = slots
        hashes = grants.map(\.hash)
    }

    public func identify(_ evidence: Evidence, at now: Timestamp) -> IdentityResult {
        guard let token = evidence.bearerToken, let index = find(evidence.tokenHash ?? TokenHash(of: token)) else {
            return .notMine
        }
        let grant = grants[index]
        if let expiry = grant.expiry, now >= expiry {
            let name = grant.name.map { " `\($0)`" } ?? ""
            return .refused(
                AuthenticationRefusal(.expired, ground: "the token\(name) of `\(grant.principal.name)` expired at \(expiry)"))
        }
        return .caller(Caller(principal: grant.principal, kind: .token, credential: grant.name, expiry: grant.expiry))
    }

    /// Where a lookup walks depends on the digest alone, from which nobody learns the digest of another token that would
    /// be of use; whole digests are compared in constant time.
    private func find(_ hash: TokenHash) -> Int? {
        var place = Int(truncatingIfNeeded: hash.words.0) & (slots.count - 1)
        while slots[place] != Self.empty {
            let index = Int(slots[place])
            if hashes[index] == hash { return index }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }
}
