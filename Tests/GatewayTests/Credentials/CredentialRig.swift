import Auth
import Bytes
import Foundation
import HTTP
import Logging
import Routes
import Signer
import Synchronization
import Testing

@testable import Gateway
@testable import Simulator

/// A gateway in front of a simulated cloud in this process, with a metadata service beside it, for tests of keys.
final class CredentialRig: Sendable {
    static let account = "1234567890123456"
    static let secret = "needle-of-the-rig"

    struct Reply {
        var status: Int
        var body: String
        var retryAfter: Bool

        /// A member of the problem body.
        func member(_ name: String) -> String? {
            let object = (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any]
            return object?[name] as? String
        }
    }

    let cloud: Cloud
    let serving: Serving
    /// What is served.
    let configuration: Configuration
    private let simulator: SimulatorServer
    private let loop: EventLoop
    private let client: Client
    private let token: [String: [UInt8]]
    private let pipe: LogPipe
    private let sink: LogSink
    private let url: String

    /// - Parameters:
    ///   - cloud: changes how the cloud is.
    ///   - accounts: by their names, given where cloud and STS are.
    ///   - roles: of principals, who have tokens and may do everything.
    init(
        cloud change: (inout CloudConfiguration) -> Void = { _ in },
        accounts: (Endpoint) -> [(String, CredentialPlan)], roles: [String: [String]] = ["plain": []]
    ) async throws {
        var configuration = CloudConfiguration(accessKeys: [.init(id: "testid", secret: Self.secret)])
        configuration.journalCapacity = 10_000
        configuration.hasFleet = false
        change(&configuration)
        let catalogue = try Catalogue.ofThisBuild()
        cloud = Cloud(configuration, catalogue: catalogue, clock: .system())
        simulator = try SimulatorServer(cloud)
        let endpoint = try #require(Endpoint("\(try await simulator.start())"))
        var gateway = Configuration()
        gateway.listeners = [.init(.tcp(address: "127.0.0.1", port: 0))]
        gateway.threads = .count(2)
        gateway.accounts = accounts(endpoint).enumerated().map { index, entry in
            var account = Configuration.Account(
                name: entry.0, accountID: index < 2 ? Self.account : "99", region: "cn-hangzhou",
                upstream: .cloud(endpoints: ["ecs": endpoint, "sts": endpoint], credentials: entry.1))
            account.isDefault = index == 0
            return account
        }
        gateway.policies["AdministratorAccess"] = SystemPolicies.document(named: "AdministratorAccess")
        var tokens: [String: [UInt8]] = [:]
        for (name, arns) in roles {
            let token = Token()
            tokens[name] = token.withBytes { Array($0) }
            var principal = Configuration.Principal(
                name: name, tokens: [.init(hash: token.hash)], policies: ["AdministratorAccess"])
            principal.roles = arns
            gateway.principals.append(principal)
        }
        token = tokens
        self.configuration = gateway
        pipe = LogPipe()
        sink = LogSink(descriptor: pipe.writing, style: .json)
        let logger = Logger(label: "test") { [sink] _ in LineLogHandler(sink: sink, style: .json, level: .info) }
        serving = try await Serving(gateway, sink: sink, style: .json, logger: logger)
        url = "\(try #require(serving.ready.addresses.first))"
        loop = try EventLoop(name: "caller")
        client = try Client(loop: loop, configuration: ClientConfiguration())
        try loop.start()
    }

    func get(_ path: String, as principal: String = "plain", uncached: Bool = false) async throws -> Reply {
        var request = UpstreamRequest(.get, url: Array("\(url)\(path)".utf8), isRead: true)
        let bearer = Array("Bearer ".utf8) + (token[principal] ?? [])
        bearer.withView { request.headers.append("Authorization", $0) }
        if uncached { request.headers.append("Cache-Control", ("no-cache" as StaticString).view) }
        let response = try await client.send(request)
        return Reply(
            status: Int(response.status), body: String(decoding: response.body, as: UTF8.self),
            retryAfter: response.field(.retryAfter) != nil)
    }

    /// The ARNs of those whose keys signed the calls of `action` so far.
    func callers(of action: String) -> [String] {
        cloud.journal.filter { $0.action == action && $0.code == nil }.map { $0.caller ?? "" }
    }

    /// Ends everything and gives the log.
    func shutdown() async -> [String] {
        let log = pipe.linesInBackground()
        await serving.shutdown(grace: .seconds(1))
        await simulator.shutdown()
        loop.stop()
        loop.join()
        sink.close()
        pipe.closeWritingEnd()
        return log.lines()
    }

    /// The plan of a key of this rig's cloud.
    static var ownKey: CredentialPlan {
        var secret = Array(Self.secret.utf8)
        return .key(Credentials(key: AccessKey(id: Array("testid".utf8), secret: SecretBytes(erasing: &secret))))
    }

    static func role(_ name: String, in account: String = account) -> String { "acs:ram::\(account):role/\(name)" }
}

/// Waits for something, for twenty seconds at most.
func eventually(_ check: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<400 {
        if try await check() { return true }
        try await Task.sleep(for: .milliseconds(50))
    }
    return false
}
