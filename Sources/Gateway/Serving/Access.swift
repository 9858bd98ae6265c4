import Auth
import Bytes
import HTTP

/// Who may come in, and as whom: everything that a configuration says about callers, made ready. Shared by all loops.
final class Access: Sendable {
    /// An issuer whose keys are fetched.
    struct FetchedIssuer: Sendable {
        let issuer: String
        let fetch: Configuration.Issuer.Fetch
        let store: KeyStore
    }

    let directory: PrincipalDirectory
    let doorkeeper: Doorkeeper
    let proxies: TrustedProxies
    let fetched: [FetchedIssuer]

    /// `former` is that of another configuration: keys that it fetched go on until they are fetched anew, and what it counted
    /// still counts.
    /// - Throws: what is wrong beyond the configuration's own text, such as a token that two principals have.
    init(_ configuration: Configuration, after former: Access? = nil) throws(ServiceError) {
        let directory = try Self.directory(configuration)
        self.directory = directory
        var issuers: [JWTIssuer] = []
        var fetched: [FetchedIssuer] = []
        for issuer in configuration.issuers {
            let store: KeyStore
            switch issuer.keys {
            case .file(_, let text): store = KeyStore(text.withView { KeySetParser.parse($0).set })
            case .url(let fetch):
                let known = former?.fetched.first { $0.issuer == issuer.issuer && $0.fetch.url == fetch.url }
                store = KeyStore(known?.store.keys ?? KeySet([]))
            }
            let made = JWTIssuer(issuer, keys: store)
            if case .url(let fetch) = issuer.keys {
                fetched.append(FetchedIssuer(issuer: issuer.issuer, fetch: fetch, store: made.keys))
            }
            issuers.append(made)
        }
        self.fetched = fetched
        var sources: [any IdentitySource] = [try Self.tokens(configuration, directory)]
        if !issuers.isEmpty { sources.append(JWTSource(issuers, directory: directory)) }
        sources.append(try Self.certificates(configuration, directory))
        sources.append(Self.processes(configuration, directory))
        doorkeeper = Doorkeeper(
            Authenticator(sources), limits: configuration.failedAuthentications, after: former?.doorkeeper)
        proxies = TrustedProxies(
            configuration.proxies.blocks, includesUnixSockets: configuration.proxies.includesUnixSockets)
    }

    /// What keeps callers out who should get in; empty when nothing does. Keys that could not be renewed go on meanwhile.
    var obstacles: [String] {
        fetched.compactMap { issuer in
            guard issuer.store.keys.entries.isEmpty else { return nil }
            return "issuer `\(issuer.issuer)`: no keys yet\(issuer.store.failure.map { ": \($0)" } ?? "")"
        }
    }

    /// The principals and groups of a configuration.
    static func directory(_ configuration: Configuration) throws(ServiceError) -> PrincipalDirectory {
        func documents(_ names: [String], of owner: String) throws(ServiceError) -> [PolicyDocument] {
            let documents = names.compactMap { configuration.policies[$0] }
            guard documents.count == names.count else { throw ServiceError("\(owner) names a policy that does not exist") }
            return documents
        }
        var groups: [String: [PolicyDocument]] = [:]
        for group in configuration.groups {
            groups[group.name] = try documents(group.policies, of: "group `\(group.name)`")
        }
        var entries: [PrincipalDirectory.Entry] = []
        for principal in configuration.principals {
            entries.append(
                PrincipalDirectory.Entry(
                    name: principal.name, kind: principal.kind, groups: principal.groups,
                    policies: try documents(principal.policies, of: "principal `\(principal.name)`")))
        }
        return PrincipalDirectory(
            accountID: configuration.defaultAccount?.accountID ?? "", entries: entries, groups: groups)
    }

    private static func tokens(
        _ configuration: Configuration, _ directory: PrincipalDirectory
    ) throws(ServiceError) -> TokenTable {
        let grants = configuration.principals.flatMap { principal in
            let owner = directory.principal(principal.name)
            return principal.tokens.map {
                TokenGrant(hash: $0.hash, principal: owner, name: $0.name, expiry: $0.expires)
            }
        }
        do throws(DuplicateTokenFault) {
            return try TokenTable(grants)
        } catch {
            throw ServiceError("\(error)")
        }
    }

    private static func certificates(
        _ configuration: Configuration, _ directory: PrincipalDirectory
    ) throws(ServiceError) -> CertificateTable {
        let rules = configuration.principals.flatMap { principal in
            let owner = directory.principal(principal.name)
            return principal.certificates.map { (rule: $0, principal: owner) }
        }
        do throws(DuplicateCertificateFault) {
            return try CertificateTable(rules)
        } catch {
            throw ServiceError("a name in certificates, \(error.rule), stands for two principals")
        }
    }

    private static func processes(_ configuration: Configuration, _ directory: PrincipalDirectory) -> UnixPeerTable {
        var users: [UInt32: Principal] = [:]
        var groups: [UInt32: Principal] = [:]
        for principal in configuration.principals {
            let owner = directory.principal(principal.name)
            for user in principal.unixUsers { users[user] = owner }
            for group in principal.unixGroups { groups[group] = owner }
        }
        return UnixPeerTable(users: users, groups: groups)
    }
}

extension JWTIssuer {
    fileprivate init(_ issuer: Configuration.Issuer, keys: KeyStore) {
        self.init(
            issuer: issuer.issuer, audiences: issuer.audiences, keys: keys, algorithms: issuer.algorithms,
            clockSkew: issuer.clockSkew.components.seconds, principal: issuer.principal, groups: issuer.groups,
            secondFactor: (issuer.secondFactor.claim, issuer.secondFactor.values))
    }
}
