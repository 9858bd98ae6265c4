import Auth
import Bytes
import Cache
import HTTP
import Routes
import Signer
import Synchronization

/// Everything that a configuration makes, shared by all loops. Immutable; what changes in it is behind locks of its own.
final class Services: Sendable {
    let configuration: Configuration
    let catalogue: Catalogue
    let routes: RouteTable
    /// By ``Operation/index``.
    let actions: [ActionName]
    let accounts: [CloudAccount]
    let defaultAccount: CloudAccount
    let access: Access
    let frontDoor: FrontDoor
    /// The roles that are assumed for callers, by their principal and the account's position.
    let callerRoles: [String: [Int: CallerRole]]
    let cache: Cache
    let idempotency: IdempotencyStore
    let pageTokens: PageToken
    let crossOrigin: CrossOrigin
    let sink: LogSink
    let audit: AuditLog?
    /// The answer of `GET /`.
    let welcome: [UInt8]

    private let document = Mutex<[UInt8]?>(nil)
    /// For answers that nobody described.
    let unknownAnswers = ReshapePlan(rows: [])

    /// By ``Operation/index`` and route, and last the one for calls by the action's name.
    private let plans: [[ReshapePlan]]
    private let views: [[Route]]
    private let lifetimes: [UInt64]

    /// Compiles `configuration`. `accounts` are those of the configuration, in its order; `former` is what another
    /// configuration made before.
    /// - Throws: what is wrong with the configuration beyond its own text, such as a token that two principals have.
    init(
        _ configuration: Configuration, catalogue: Catalogue, accounts: [CloudAccount], sink: LogSink,
        after former: Services? = nil
    ) throws(ServiceError) {
        self.configuration = configuration
        self.catalogue = catalogue
        self.accounts = accounts
        self.sink = sink
        guard let index = configuration.accounts.firstIndex(where: \.isDefault) ?? configuration.accounts.indices.first,
            accounts.indices.contains(index)
        else { throw ServiceError("the configuration has no account") }
        defaultAccount = accounts[index]
        routes = RouteTable(catalogue)
        actions = catalogue.operations.map { ActionName(product: $0.entry.product, action: $0.entry.action) }
        callerRoles = CallerRole.all(configuration)
        access = try Access(configuration, after: former?.access)
        frontDoor = try FrontDoor(configuration, access.directory, after: former?.frontDoor)
        welcome = Welcome.document(of: catalogue, accounts: accounts)
        crossOrigin = CrossOrigin(origins: configuration.cors.origins)
        let policy = CachePolicy(configuration.cache)
        do throws(ServeError) {
            audit = try configuration.audit.map { (audit) throws(ServeError) in
                if let log = former?.audit, log.path == audit.path { return log }
                return try AuditLog(audit.path)
            }
        } catch {
            throw ServiceError("\(error)")
        }
        // Keys of the cache name accounts and roles by their positions.
        let keepsCache =
            former.map {
                $0.configuration.cache == configuration.cache && $0.configuration.accounts == configuration.accounts
                    && $0.configuration.principals.map(\.roles) == configuration.principals.map(\.roles)
                    && $0.configuration.principals.map(\.name) == configuration.principals.map(\.name)
            } ?? false
        cache = (keepsCache ? former?.cache : nil) ?? Cache(capacity: configuration.cache.memory, policy: policy)
        idempotency = former?.idempotency ?? IdempotencyStore()
        pageTokens = former?.pageTokens ?? PageToken()
        let isCaching = configuration.cache.memory > 0
        lifetimes = catalogue.operations.map { isCaching ? policy.lifetime(of: CachePolicy.Class($0.entry.cache.class)) : 0 }
        plans = catalogue.operations.map { operation in
            (operation.entry.routes + [nil]).map { ReshapePlan(catalogue, operation, route: $0) }
        }
        views = catalogue.operations.map { Self.views(of: $0, in: catalogue) }
    }

    /// The OpenAPI document, made when it is first asked for.
    func openAPI() -> [UInt8] {
        document.withLock { document in
            if let document { return document }
            let made = OpenAPI.yaml(of: catalogue)
            document = made
            return made
        }
    }

    /// Nanoseconds for which answers of `operation` stay fresh; 0 when they are not kept.
    func lifetime(of operation: Operation) -> UInt64 { lifetimes[operation.index] }

    /// How the answer to a bound request is reshaped.
    func plan(for bound: BoundRequest) -> ReshapePlan? {
        guard let operation = bound.operation else { return nil }
        let plans = plans[operation.index]
        return plans.indices.contains(bound.routeIndex) ? plans[bound.routeIndex] : plans.last
    }

    /// The API version of a product; nil when the catalogue has no such product.
    func version(of product: String, _ dialect: Dialect) -> String? {
        catalogue.operations.first { $0.entry.product == product && $0.entry.dialect == dialect }?.entry.version
    }

    /// The product whose API has this version; nil when there is none.
    func product(ofVersion version: String, _ dialect: Dialect) -> String? {
        catalogue.operations.first { $0.entry.version == version && $0.entry.dialect == dialect }?.entry.product
    }

    /// The action that `name` is in another letter case, `ecs/StopInstance`; nil when there is none.
    func knownSpelling(of name: ActionName) -> String? {
        let wanted = name.text.lowercased()
        return actions.firstIndex { $0.text.lowercased() == wanted }.map { index in
            "\(catalogue.operations[index].entry.product)/\(catalogue.operations[index].entry.action)"
        }
    }

    /// The products of the catalogue.
    var products: [String] { Set(catalogue.resourceTypes.map(\.product)).sorted() }

    /// The route that reads the single resource that a write by its path is about: the one that the path goes on from, else
    /// one that needs no more than the path says.
    func view(of bound: BoundRequest) -> Route? {
        guard let operation = bound.operation, let route = bound.route else { return nil }
        let views = views[operation.index]
        let names = Set(route.variables.map(\.name))
        return views.first { route.segments.starts(with: $0.segments) }
            ?? views.first { $0.variables.allSatisfy { names.contains($0.name) } }
    }

    /// The verbs on resources at `view`, in the order of the catalogue. Not for the way of ordinary requests.
    func verbs(below view: Route, of resource: ActionEntry) -> [Verb] {
        catalogue.operations.filter { $0.entry.isAboutSameResource(as: resource) && $0.entry.kind == .write }
            .flatMap { operation in operation.entry.routes.compactMap { Verb(operation, $0, of: view) } }
    }

    private static func views(of operation: Operation, in catalogue: Catalogue) -> [Route] {
        guard operation.entry.stateMember != nil, operation.entry.transition != nil else { return [] }
        return catalogue.operations.filter { $0.entry.isAboutSameResource(as: operation.entry) }
            .flatMap { other in other.entry.routes.filter { $0.isView(of: other.entry) } }
    }
}

extension ActionEntry {
    fileprivate func isAboutSameResource(as other: ActionEntry) -> Bool {
        resource == other.resource && product == other.product && dialect == other.dialect
    }
}

/// Why the gateway cannot serve with a configuration that is in itself well-formed.
struct ServiceError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

extension CachePolicy {
    init(_ cache: Configuration.Cache) {
        self.init()
        `static` = cache.ttl.static.wholeNanoseconds
        list = cache.ttl.list.wholeNanoseconds
        detail = cache.ttl.detail.wholeNanoseconds
        volatile = cache.ttl.volatile.wholeNanoseconds
        settlingWindow = cache.settling.wholeNanoseconds
        settlingLifetime = cache.settlingTTL.wholeNanoseconds
    }
}

extension CachePolicy.Class {
    init(_ rule: CacheRule.Class) {
        self =
            switch rule {
            case .static: .static
            case .list: .list
            case .detail: .detail
            case .volatile: .volatile
            case .none: .none
            }
    }
}

extension Duration {
    /// Nanoseconds, rounded down and kept within what fits; none when negative.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product &+ UInt64(clamping: attoseconds / 1_000_000_000)
    }
}
