import HTTP
import Signer

/// Makes the accounts of a configuration ready for calls.
struct AccountBuilder {
    let simulation: Simulation?

    init(_ simulation: Simulation?) {
        self.simulation = simulation
    }

    /// The accounts in the configuration's order, and the different clients that they need.
    func build(_ configuration: Configuration) throws(ServeError) -> (accounts: [CloudAccount], clients: [ClientConfiguration]) {
        var accounts: [CloudAccount] = []
        var clients: [ClientConfiguration] = []
        var kinds: [ClientKind] = []
        // Read once: reading erases the secret from the environment, and accounts may share it.
        var environment: EnvironmentCredentials?
        for (index, account) in configuration.accounts.enumerated() {
            let kind = ClientKind(caFile: account.caFile, proxy: account.proxy, isLocal: account.upstream == .simulated)
            let client = kinds.firstIndex(of: kind) ?? kinds.count
            if client == kinds.count {
                kinds.append(kind)
                clients.append(kind.configuration)
            }
            var endpoints: [String: Endpoint] = [:]
            let credentials: any CredentialProvider
            switch account.upstream {
            case .simulated:
                guard let simulation, let endpoint = simulation.endpoint(of: account.dialect) else {
                    throw ServeError("account `\(account.name)`: the simulated cloud has not started")
                }
                for product in AccountCredentials.products { endpoints[product] = endpoint }
                credentials = simulation.credentials
            case .cloud(let addresses, let source):
                endpoints = addresses
                do throws(CredentialError) {
                    switch source {
                    case .environment:
                        if environment == nil { environment = try EnvironmentCredentials() }
                        guard let environment else { continue }
                        credentials = environment
                    case .file(let path, let profile):
                        credentials = try FileCredentials(path: path, profile: profile)
                    }
                } catch {
                    throw ServeError("account `\(account.name)`: no access key: \(error)")
                }
            }
            accounts.append(
                CloudAccount(account, index: index, client: client, endpoints: endpoints, credentials: credentials))
        }
        return (accounts, clients)
    }

    /// What sets one client apart from another.
    private struct ClientKind: Equatable {
        var caFile: String?
        var proxy: Configuration.Account.Proxy
        var isLocal: Bool

        var configuration: ClientConfiguration {
            var result = ClientConfiguration()
            if let caFile { result.trustedCertificates = .file(path: caFile) }
            switch proxy {
            case _ where isLocal: result.proxy = .none
            case .environment: result.proxy = .environment
            case .none: result.proxy = .none
            case .address(let proxy): result.proxy = ProxySettings(http: "\(proxy)", https: "\(proxy)")
            }
            return result
        }
    }
}
