import Bytes
import HTTP
import Logging
import Signer
import Synchronization

/// Renews the keys of all accounts, ahead of need and once for all loops, on a thread of its own: opening a key file or
/// waiting for a service holds nobody up, and memory that held a secret is cleared there before it is given back.
final class CredentialKeeper: Sendable {
    private static let lastRounds = 100
    private static let lastPause = Duration.milliseconds(10)

    let loop: EventLoop
    private let clients: [Client]
    private let direct: Client
    private let logger: Logger?
    private let tasks = Mutex<[Int: Task<Void, Never>]>([:])
    private let counter = Atomic<Int>(0)
    private let bells = Mutex<[Bell]>([])
    /// Sources that depend on this machine alone, and the others, that were not asked yet.
    private let localPending: Countdown
    private let remotePending: Countdown

    /// A keeper that does not run yet. `clients` are those of the accounts, in their order.
    init(clients configurations: [ClientConfiguration], logger: Logger?) throws(SystemError) {
        let loop = try EventLoop(name: "keys")
        self.loop = loop
        self.logger = logger
        localPending = Countdown(loop)
        remotePending = Countdown(loop)
        var clients: [Client] = []
        for var configuration in configurations {
            configuration.carriesSecrets = true
            clients.append(try Client(loop: loop, configuration: configuration))
        }
        self.clients = clients
        var configuration = ClientConfiguration()
        configuration.proxy = .none
        configuration.carriesSecrets = true
        direct = try Client(loop: loop, configuration: configuration)
    }

    /// What sources of keys call the world by; `client` is a position among the clients.
    func transport(client: Int) -> ClientTransport {
        ClientTransport(direct: direct, configured: clients.indices.contains(client) ? clients[client] : direct)
    }

    func start() throws(SystemError) { try loop.start() }

    /// Keeps the key of an account fresh from now on.
    func keep(_ credentials: RenewingCredentials, account: String) {
        let bell = Bell()
        bells.withLock { $0.append(bell) }
        let pending = credentials.isLocal ? localPending : remotePending
        pending.add()
        credentials.whenHurried { [loop] in loop.submit { bell.ring() } }
        run { [self] in
            var isFirst = true
            var wasFailing = false
            while !Task.isCancelled {
                await credentials.renew()
                if isFirst { pending.done() }
                isFirst = false
                log(credentials.status, account, &wasFailing)
                await bell.sleep(until: credentials.nextAttempt, on: loop)
            }
        }
    }

    /// Does something on the keeper's thread, that does not end with whoever asked for it.
    func run(_ body: @escaping @Sendable () async -> Void) {
        let number = counter.add(1, ordering: .relaxed).newValue
        tasks.withLock { tasks in
            tasks[number] = Task(executorPreference: loop) { [self] in
                await body()
                _ = self.tasks.withLock { $0.removeValue(forKey: number) }
            }
        }
    }

    /// Waits until each key that is kept was asked for once; for those that services give no longer than `limit`.
    func firstAttempts(within limit: Duration) async {
        await remotePending.wait(limit)
        await localPending.wait(nil)
    }

    /// Ends everything; who waits for a key is told so.
    func shutdown() async {
        let running = tasks.withLock { Array($0.values) }
        for task in running { task.cancel() }
        let bells = bells.withLock { $0 }
        loop.submit { for bell in bells { bell.ring() } }
        // A command that runs may take longer, and is not waited for.
        for _ in 0..<Self.lastRounds where tasks.withLock({ !$0.isEmpty }) { try? await Task.sleep(for: Self.lastPause) }
        loop.stop()
        loop.join()
    }

    private func log(_ status: CredentialStatus, _ account: String, _ wasFailing: inout Bool) {
        switch status {
        case .ready:
            if wasFailing { logger?.notice("the access key is renewed again", metadata: ["account": "\(account)"]) }
            wasFailing = false
        case .renewalFailed(let error, _):
            logger?.warning(
                "renewing the access key failed; the old one serves on",
                metadata: ["account": "\(account)", "reason": "\(error)"])
            wasFailing = true
        case .failed(let error):
            logger?.error("no access key", metadata: ["account": "\(account)", "reason": "\(error)"])
            wasFailing = true
        }
    }
}
