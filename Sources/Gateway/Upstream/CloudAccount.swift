import Bytes
import HTTP
import Routes
import Signer

/// A configured cloud account made ready for calls. Immutable but for the clock's skew and what the credentials' source
/// renews; shared by all loops.
final class CloudAccount: Sendable {
    let name: String
    /// As it stands in ARNs.
    let accountID: [UInt8]
    /// The same as text: two entries for one account share what its writes make out of date.
    let accountName: String
    let region: [UInt8]
    let dialect: Dialect
    let signer: any RequestSigner
    let credentials: any CredentialProvider
    /// The sessions of roles that are assumed for callers; nil when no principal has a role.
    let roles: RoleSessions?
    let endpoints: [String: Endpoint]
    let headers: HeaderLines
    let namesRegionInHeader: Bool
    let timeouts: UpstreamTimeouts
    let responseLimit: Int
    let allowsUncataloguedActions: Bool
    /// Position among the configuration's accounts; part of cache keys.
    let index: Int
    /// Position among the clients that each loop keeps: accounts that trust the same authorities share one.
    let client: Int
    let skew = ClockSkew()

    init(
        _ account: Configuration.Account, index: Int, client: Int, endpoints: [String: Endpoint],
        credentials: any CredentialProvider, roles: RoleSessions? = nil
    ) {
        name = account.name
        accountID = Array(account.accountID.utf8)
        accountName = account.accountID
        region = Array(account.region.utf8)
        dialect = account.dialect
        signer = account.signature.signer
        self.credentials = credentials
        self.roles = roles
        self.endpoints = endpoints
        var headers = HeaderLines()
        for header in account.headers {
            Array(header.name.utf8).withView { name in
                Array(header.value.utf8).withView { headers.append(name, $0) }
            }
        }
        self.headers = headers
        namesRegionInHeader = account.namesRegionInHeader
        timeouts = UpstreamTimeouts(
            connect: account.timeouts.connect, firstByte: account.timeouts.firstByte, total: account.timeouts.total)
        responseLimit = account.responseLimit
        allowsUncataloguedActions = account.allowsUncataloguedActions
        self.index = index
        self.client = client
    }
}
