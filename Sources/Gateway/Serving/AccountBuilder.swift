import HTTP
import Logging
import Signer

/// Makes the accounts of a configuration ready for calls.
struct AccountBuilder {
    /// How long the start waits for keys that services give; without them it goes on, not ready.
    private static let firstKeyTime = Duration.seconds(5)

    let simulation: Simulation?
    var logger: Logger?

    init(_ simulation: Simulation?, logger: Logger? = nil) {
        self.simulation = simulation
        self.logger = logger
    }

    /// What a configuration's accounts need.
    struct Built: Sendable {
        /// In the configuration's order.
        var accounts: [CloudAccount] = []
        /// The different clients, of which each loop has its own.
        var clients: [ClientConfiguration] = []
        /// Renews keys; nil when there is none to renew.
        var keeper: CredentialKeeper?
    }

    /// The accounts of `configuration`. With the same accounts as before, those go on with their keys and sessions; of an
    /// entry that has not changed, the key serves on until a new one has come.
    func build(_ configuration: Configuration, after former: Former? = nil) async throws(ServeError) -> Built {
        if let former, former.accounts == configuration.accounts,
            former.built.keeper != nil || !Self.needsKeeper(configuration)
        {
            for account in former.built.accounts { (account.credentials as? RenewingCredentials)?.renewNow() }
            return former.built
        }
        // Nothing of it stays in the environment, whether an account uses it or not.
        EnvironmentCredentials.capture()
        var built = Built()
        let positions = configuration.accounts.map { account in
            let client = ClientConfiguration(account)
            if !built.clients.contains(client) { built.clients.append(client) }
            return built.clients.firstIndex(of: client) ?? 0
        }
        if Self.needsKeeper(configuration) { built.keeper = try CredentialKeeper.started(built.clients, logger) }
        do throws(ServeError) {
            for (index, account) in configuration.accounts.enumerated() {
                let maker = AccountMaker(
                    simulation: simulation, account: account, index: index, client: positions[index],
                    seed: former?.key(of: account))
                built.accounts.append(try maker.make(built.keeper))
            }
            await built.keeper?.firstAttempts(within: Self.firstKeyTime)
            for account in built.accounts { try Self.checkKey(of: account) }
        } catch {
            await built.keeper?.shutdown()
            throw error
        }
        return built
    }

    /// What was built of the configuration before.
    struct Former: Sendable {
        let accounts: [Configuration.Account]
        let built: Built

        /// The key of an entry that was the same.
        func key(of account: Configuration.Account) -> Credentials? {
            guard let index = accounts.firstIndex(of: account), built.accounts.indices.contains(index) else { return nil }
            return try? (built.accounts[index].credentials as? RenewingCredentials)?.current()
        }
    }

    private static func needsKeeper(_ configuration: Configuration) -> Bool {
        configuration.principals.contains { !$0.roles.isEmpty }
            || configuration.accounts.contains { account in
                if case .cloud(_, let plan) = account.upstream { return plan != .environment }
                return false
            }
    }

    /// A key that this machine alone could give and does not is a fault of the configuration; one that a service gives may
    /// come later.
    private static func checkKey(of account: CloudAccount) throws(ServeError) {
        guard let credentials = account.credentials as? RenewingCredentials, credentials.isLocal,
            case .failed(let error) = credentials.status
        else { return }
        throw ServeError("account `\(account.name)`: no access key: \(error)")
    }
}

extension CredentialKeeper {
    fileprivate static func started(
        _ clients: [ClientConfiguration], _ logger: Logger?
    ) throws(ServeError) -> CredentialKeeper {
        do throws(SystemError) {
            let keeper = try CredentialKeeper(clients: clients, logger: logger)
            try keeper.start()
            return keeper
        } catch {
            throw ServeError("\(error)")
        }
    }
}

extension ClientConfiguration {
    /// How an account's calls go; nil stands for the public cloud.
    init(_ account: Configuration.Account?) {
        self.init()
        guard let account else { return }
        if let caFile = account.caFile { trustedCertificates = .file(path: caFile) }
        switch account.proxy {
        case _ where account.upstream == .simulated: proxy = .none
        case .environment: proxy = .environment
        case .none: proxy = .none
        case .address(let address): proxy = ProxySettings(http: "\(address)", https: "\(address)")
        }
    }
}
