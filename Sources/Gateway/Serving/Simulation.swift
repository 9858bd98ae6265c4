import Bytes
import HTTP
import Routes
import Signer
import Simulator

/// The simulated clouds in the gateway's process, one for each dialect that an account has, with a key that is made for
/// them alone.
struct Simulation: Sendable {
    static let keyID = "sandbox-key"

    let server: SimulatorServer
    let credentials: StaticCredentials
    private let clouds: [Dialect: LazyCloud]
    private let addresses: [Dialect: BoundAddress]

    /// Starts them on loopback ports; nil when no account uses one. A cloud is made when it is first called.
    init?(_ configuration: Configuration, _ catalogue: Catalogue) async throws(SystemError) {
        let accounts = configuration.accounts.filter { $0.upstream == .simulated }
        let dialects = Dialect.allCases.filter { dialect in accounts.contains { $0.dialect == dialect } }
        guard !dialects.isEmpty else { return nil }
        var secret: [UInt8] = []
        for _ in 0..<4 { secret.append(hex: SystemRandom.bits64()) }
        let key = CloudConfiguration.AccessKey(id: Self.keyID, secret: String(decoding: secret, as: UTF8.self))
        let speed = configuration.simulator.speed
        let made = dialects.map { dialect in
            var configuration = CloudConfiguration(accessKeys: [key])
            configuration.dialect = dialect
            if let account = accounts.first(where: { $0.dialect == dialect }) { configuration.accountId = account.accountID }
            let cloudConfiguration = configuration
            return LazyCloud { Cloud(cloudConfiguration, catalogue: catalogue, clock: .system(speed: speed)) }
        }
        credentials = StaticCredentials(
            AccessKey(id: Array(Self.keyID.utf8), secret: SecretBytes(erasing: &secret)), source: "simulated cloud")
        server = try SimulatorServer(made)
        clouds = Dictionary(uniqueKeysWithValues: zip(dialects, made))
        addresses = Dictionary(uniqueKeysWithValues: zip(dialects, try await server.startAll()))
    }

    /// Where the cloud of a dialect listens.
    func address(of dialect: Dialect) -> BoundAddress? { addresses[dialect] }

    /// Where the gateway calls the cloud of a dialect.
    func endpoint(of dialect: Dialect) -> Endpoint? { addresses[dialect].flatMap { Endpoint("\($0)") } }

    /// What a newcomer can name at once in the public cloud.
    var introduction: Introduction? { clouds[.publicCloud]?.cloud.introduction }
}
