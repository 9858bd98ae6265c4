import Synchronization

/// All principals and groups of a configuration, and the principals that tokens of other issuers bring. Immutable but for
/// what it keeps of the latter.
public final class PrincipalDirectory: Sendable {
    /// A principal as configured.
    public struct Entry: Sendable {
        public var name: String
        public var kind: Principal.Kind
        public var groups: [String]
        public var policies: [PolicyDocument]

        public init(name: String, kind: Principal.Kind = .user, groups: [String] = [], policies: [PolicyDocument]) {
            self.name = name
            self.kind = kind
            self.groups = groups
            self.policies = policies
        }
    }

    /// A principal by what its rights come from.
    private struct Combination: Hashable {
        let name: String
        let groups: [String]
    }

    private struct Kept {
        var principals: [Combination: Principal] = [:]
        /// Compiled policies by the names that they are made of: many users share the same groups.
        var policies: [[String]: PolicySet] = [:]
    }

    private let accountID: String
    private let entries: [String: Entry]
    private let groups: [String: [PolicyDocument]]
    private let kept = Mutex(Kept())

    /// Combinations that are kept; with more of them they are made anew.
    private static let capacity = 1024

    /// `groups` are the policies of each group.
    public init(accountID: String, entries: [Entry], groups: [String: [PolicyDocument]] = [:]) {
        self.accountID = accountID
        self.entries = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
        self.groups = groups
    }

    /// Whether there is a principal of that name.
    public func isConfigured(_ name: String) -> Bool { entries[name] != nil }

    /// The principal called `name`, with the groups that it has here and those of `groups` that exist here. A name that is
    /// not configured has only the rights of its groups.
    public func principal(_ name: String, groups brought: [String] = []) -> Principal {
        let entry = entries[name]
        // Dictionaries take equivalent texts for equal, and some letters beyond ASCII are equivalent to one of it.
        let known = brought.filter { group in group.utf8.allSatisfy { $0 < 0x80 } && groups[group] != nil }
        let combination = Combination(name: name, groups: Set(known + (entry?.groups ?? [])).sorted())
        return kept.withLock { kept in
            if let principal = kept.principals[combination] { return principal }
            let principal = Principal(
                name: name, kind: entry?.kind ?? .user, groups: combination.groups, accountID: accountID,
                policies: PrincipalPolicies(identity: policies(entry?.policies ?? [], combination.groups, &kept)))
            if kept.principals.count >= Self.capacity { kept.principals = [:] }
            kept.principals[combination] = principal
            return principal
        }
    }

    /// The policies of a principal and its groups are of one class: any Deny among them wins.
    private func policies(_ own: [PolicyDocument], _ groups: [String], _ kept: inout Kept) -> PolicySet {
        var documents = own
        for document in groups.flatMap({ self.groups[$0] ?? [] }) where !documents.contains(where: { $0.name == document.name }) {
            documents.append(document)
        }
        let names = documents.map(\.name)
        if let set = kept.policies[names] { return set }
        let set = PolicySet(documents)
        if kept.policies.count >= Self.capacity { kept.policies = [:] }
        kept.policies[names] = set
        return set
    }

    /// The caller that a token stands for which `keys` verified.
    func caller(_ claims: JWTClaims, keys: KeyStore.Version) -> Caller {
        Caller(
            principal: principal(claims.principal, groups: claims.groups), kind: .jwt, credential: claims.subject,
            expiry: claims.expiry, hasSecondFactor: claims.hasSecondFactor, keys: keys)
    }
}
