import HTTP
import Signer

/// Makes one account ready for calls: where they go, and by which key.
struct AccountMaker {
    let simulation: Simulation?
    let account: Configuration.Account
    /// Position among the accounts.
    let index: Int
    /// Position among the clients.
    let client: Int
    /// A key that serves until the account's source has given one.
    let seed: Credentials?

    /// - Parameter keeper: renews the account's key, and runs what gives the keys of roles; nil when neither is needed.
    func make(_ keeper: CredentialKeeper?) throws(ServeError) -> CloudAccount {
        switch account.upstream {
        case .simulated:
            guard let simulation, let endpoint = simulation.endpoint(of: account.dialect) else {
                throw ServeError("account `\(account.name)`: the simulated cloud has not started")
            }
            var endpoints: [String: Endpoint] = [:]
            for product in AccountCredentials.products { endpoints[product] = endpoint }
            endpoints[Self.securityTokenService] = endpoint
            return make(endpoints, simulation.credentials, keeper)
        case .cloud(let endpoints, let plan):
            do throws(CredentialError) {
                guard let keeper, plan != .environment else {
                    return make(endpoints, try EnvironmentCredentials(), keeper)
                }
                let credentials = RenewingCredentials(try plan.source(context(keeper, endpoints)), seed: seed)
                keeper.keep(credentials, account: account.name)
                return make(endpoints, credentials, keeper)
            } catch {
                throw ServeError("account `\(account.name)`: no access key: \(error)")
            }
        }
    }

    private func make(
        _ endpoints: [String: Endpoint], _ credentials: any CredentialProvider, _ keeper: CredentialKeeper?
    ) -> CloudAccount {
        let roles = keeper.map { keeper in
            let sources = RoleSource(own: credentials, context(keeper, endpoints))
            return RoleSessions(source: { sources.source(of: $0) }, run: { keeper.run($0) })
        }
        return CloudAccount(
            account, index: index, client: client, endpoints: endpoints, credentials: credentials, roles: roles)
    }

    private func context(_ keeper: CredentialKeeper, _ endpoints: [String: Endpoint]) -> CredentialContext {
        keeper.context(for: account, client: client, endpoints: endpoints)
    }

    /// The product code by which `endpoints` names STS.
    static let securityTokenService = "sts"
}

extension CredentialKeeper {
    /// What the sources of an account's keys need; nil for an account stands for the public cloud.
    func context(
        for account: Configuration.Account?, client: Int, endpoints: [String: Endpoint]
    ) -> CredentialContext {
        let isPublic = account.map { $0.dialect == .publicCloud } ?? true
        let standard = isPublic ? CredentialContext.publicSecurityTokenService() : nil
        return CredentialContext(
            transport: transport(client: client), signer: (account?.signature ?? .hmacSHA1).signer,
            securityTokenService: endpoints[AccountMaker.securityTokenService] ?? standard, prompt: Terminal.passphrase)
    }

    /// The key that a plan gives, asked for once.
    static func key(
        of plan: CredentialPlan, for account: Configuration.Account?, endpoints: [String: Endpoint]
    ) async throws -> AccessKey {
        let keeper = try CredentialKeeper(clients: [ClientConfiguration(account)], logger: nil)
        try keeper.start()
        do throws(CredentialError) {
            let source = try plan.source(keeper.context(for: account, client: 0, endpoints: endpoints))
            let key = try await source.load().key
            await keeper.shutdown()
            return key
        } catch {
            await keeper.shutdown()
            throw error
        }
    }
}
